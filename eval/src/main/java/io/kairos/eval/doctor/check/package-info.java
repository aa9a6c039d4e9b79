/* SPDX-License-Identifier: Apache-2.0 */
/** The checks. Each knows a few faults and how each is mended. */
@NullMarked
package io.kairos.eval.doctor.check;

import org.jspecify.annotations.NullMarked;
