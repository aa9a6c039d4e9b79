/* SPDX-License-Identifier: Apache-2.0 */
/**
 * KairosScheduler beside CapacityScheduler in Hadoop's Scheduler Load Simulator: a whole ResourceManager whose nodes and masters
 * are simulated in real time, and all costs of the scheduler's two entrances.
 */
@NullMarked
package io.kairos.eval.sls;

import org.jspecify.annotations.NullMarked;
