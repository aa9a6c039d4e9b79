/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.node;

import org.jspecify.annotations.NullMarked;
