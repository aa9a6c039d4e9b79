/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

/**
 * One job of a workload of real jobs.
 *
 * @param id from 1, in order of submission
 * @param submitSeconds from the start of the workload
 */
public record MixedJob(int id, JobTemplate template, double submitSeconds) {}
