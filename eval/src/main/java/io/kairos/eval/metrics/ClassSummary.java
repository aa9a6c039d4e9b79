/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

/** Figures of the jobs of one class. */
public record ClassSummary(int jobs, Distribution completionTime, Distribution slowdown) {}
