/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The central tier in the ResourceManager: {@link io.kairos.yarn.rm.KairosScheduler} is stock CapacityScheduler that is told which
 * node to fill next.
 *
 * <p>One thread ({@link io.kairos.yarn.rm.PlacementThread}) owns the index of nodes and makes all placements. Everyone else
 * (heartbeats, asks, completions, load reports) only leaves a note in {@link io.kairos.yarn.rm.Signals}.
 */
@NullMarked
package io.kairos.yarn.rm;

import org.jspecify.annotations.NullMarked;
