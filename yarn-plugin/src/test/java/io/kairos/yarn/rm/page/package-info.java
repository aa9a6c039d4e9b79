/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.yarn.rm.page;

import org.jspecify.annotations.NullMarked;
