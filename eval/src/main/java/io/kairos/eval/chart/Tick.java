/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

/** A mark on an axis. */
record Tick(double value, String label) {}
