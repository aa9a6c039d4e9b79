/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The workload every run of a comparison had.
 *
 * @param seed the generator's seed; null for a trace
 * @param serviceSeconds work of all tasks together
 */
public record WorkloadSummary(String name, int jobs, int tasks, @Nullable Long seed, double serviceSeconds) {}
