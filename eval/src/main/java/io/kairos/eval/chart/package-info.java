/* SPDX-License-Identifier: Apache-2.0 */
/** Small server-side SVG charts: scales, axes, lines and areas. */
@NullMarked
package io.kairos.eval.chart;

import org.jspecify.annotations.NullMarked;
