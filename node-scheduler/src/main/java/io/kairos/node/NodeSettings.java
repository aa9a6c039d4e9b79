/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.time.Duration;
import java.util.Optional;

/**
 * CONTRACT SKETCH (validation to be added, each with a one-line message). Parameters of a node.
 *
 * @param slots N, at least 1
 * @param launchBound N + Q, the most tasks launched (running and paused) at a time, at least N; Integer.MAX_VALUE if only the
 *     central tier bounds it
 * @param memoryMb memory for launched tasks, mebibytes; Long.MAX_VALUE if not bounded here
 * @param quantum W, positive
 * @param preemptionsBeforeGuarantee P; empty switches the guarantee off
 * @param guaranteedQuanta K, at least 1
 * @param maxPause longest continuous pause before a task is owed service; empty: none
 * @param keepAliveInterval time between pulses of a paused task; empty switches pulses off
 * @param keepAlivePulse length of a pulse, positive and below the interval
 */
public record NodeSettings(
        int slots,
        int launchBound,
        long memoryMb,
        Duration quantum,
        Optional<Integer> preemptionsBeforeGuarantee,
        int guaranteedQuanta,
        Optional<Duration> maxPause,
        Optional<Duration> keepAliveInterval,
        Duration keepAlivePulse) {

    /** The defaults: Q = 4, W = 5 s, P = 3, K = 2, no maximum pause, pulses of 500 ms each 30 s, memory not bounded. */
    public static NodeSettings defaults(int slots) {
        return new NodeSettings(
                slots,
                slots + 4,
                Long.MAX_VALUE,
                Duration.ofSeconds(5),
                Optional.of(3),
                2,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Duration.ofMillis(500));
    }
}
