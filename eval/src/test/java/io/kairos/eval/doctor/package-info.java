/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.doctor;

import org.jspecify.annotations.NullMarked;
