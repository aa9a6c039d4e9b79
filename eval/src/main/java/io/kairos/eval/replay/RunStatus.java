/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

/** Where a run stands at one moment. */
public record RunStatus(int jobsDone, int jobs, int running, int paused, int held, long preemptions) {}
