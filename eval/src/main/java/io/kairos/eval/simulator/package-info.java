/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Discrete-event simulation of whole clusters in virtual time: the schedulers that ship, those they are compared with, and bounds
 * that nobody can beat.
 *
 * <p>Start with {@link io.kairos.eval.simulator.Simulator}, which runs one policy on one workload. A policy is a {@link
 * io.kairos.eval.simulator.Scheduler} and the nodes it drives. Most are put together of parts ({@link
 * io.kairos.eval.simulator.Composition}): one placer or several ({@link io.kairos.eval.simulator.Placer}), what they know of the nodes
 * ({@link io.kairos.eval.simulator.Placement}), and what nodes do with their tasks ({@link
 * io.kairos.eval.simulator.SimulatedNode}). Others are built whole: probes with late binding ({@link
 * io.kairos.eval.simulator.ProbingScheduler}), Big-C, a stock ResourceManager, and bounds that know everything ({@link
 * io.kairos.eval.simulator.ClairvoyantScheduler}).
 */
@NullMarked
package io.kairos.eval.simulator;

import org.jspecify.annotations.NullMarked;
