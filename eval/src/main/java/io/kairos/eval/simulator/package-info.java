/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Discrete-event simulation of whole clusters in virtual time: the schedulers that ship, those they are compared with, and bounds
 * that nobody can beat.
 *
 * <p>Start with {@link io.kairos.eval.simulator.Simulator}, which runs one policy on one workload. A policy is a {@link
 * io.kairos.eval.simulator.Scheduler} and the nodes it drives: a central queue with the two cores of Kairos or with plain nodes ({@link
 * io.kairos.eval.simulator.CentralScheduler}), probes with late binding ({@link
 * io.kairos.eval.simulator.ProbingScheduler}), or one that knows everything ({@link
 * io.kairos.eval.simulator.ClairvoyantScheduler}).
 */
@NullMarked
package io.kairos.eval.simulator;

import org.jspecify.annotations.NullMarked;
