/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.chart;

import org.jspecify.annotations.NullMarked;
