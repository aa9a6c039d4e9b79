/* SPDX-License-Identifier: Apache-2.0 */
/** Every key an admin can set, with its default and its allowed values, in one table. */
@NullMarked
package io.kairos.yarn.conf;

import org.jspecify.annotations.NullMarked;
