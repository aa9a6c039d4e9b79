/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

/**
 * CPU time a task has used, as one counter tells it.
 *
 * @param counter which counter: another one where counting may have begun anew, as for another first process
 * @param nanos nanoseconds, at least 0
 */
public record CpuTime(String counter, long nanos) {}
