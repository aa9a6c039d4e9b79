/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.time.Duration;
import java.util.Optional;

/**
 * Parameters of a node. A value out of its range is an {@link IllegalArgumentException} that says which, what it was and what is
 * allowed.
 *
 * @param slots N, at least 1
 * @param launchBound N + Q, the most tasks launched (running and paused) at a time, at least N; Integer.MAX_VALUE if only the
 *     central tier bounds it
 * @param memoryMb memory for launched tasks, mebibytes; Long.MAX_VALUE if not bounded here
 * @param quantum W, positive; like all spans here at most {@link #LONGEST_SPAN}
 * @param preemptionsBeforeGuarantee P, at least 0; empty switches the guarantee off
 * @param guaranteedQuanta K, 1 to 1,000
 * @param maxPause longest continuous pause before a task is owed service, positive; empty: none
 * @param keepAliveInterval time between pulses of a paused task, positive; empty switches pulses off
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

    /** Longer spans are mistakes, and sums of them might overflow a clock of nanoseconds. */
    public static final Duration LONGEST_SPAN = Duration.ofDays(365);

    private static final int MOST_GUARANTEED_QUANTA = 1_000;

    public NodeSettings {
        if (slots < 1) {
            throw bad("slots", slots, "at least 1");
        }
        checkBound(launchBound, slots);
        if (memoryMb < 1) {
            throw bad("memory in MiB", memoryMb, "at least 1");
        }
        checkSpan("quantum", quantum);
        if (preemptionsBeforeGuarantee.isPresent() && preemptionsBeforeGuarantee.get() < 0) {
            throw bad(
                    "preemptions before the guarantee",
                    preemptionsBeforeGuarantee.get(),
                    "at least 0, or empty for none");
        }
        if (guaranteedQuanta < 1 || guaranteedQuanta > MOST_GUARANTEED_QUANTA) {
            throw bad("guaranteed quanta", guaranteedQuanta, "1 to " + MOST_GUARANTEED_QUANTA);
        }
        maxPause.ifPresent(span -> checkSpan("maximum pause", span));
        keepAliveInterval.ifPresent(span -> checkSpan("keep-alive interval", span));
        checkSpan("keep-alive pulse", keepAlivePulse);
        if (keepAliveInterval.isPresent() && keepAlivePulse.compareTo(keepAliveInterval.get()) >= 0) {
            throw bad("keep-alive pulse", keepAlivePulse, "shorter than the interval of " + keepAliveInterval.get());
        }
    }

    /** Those of a node that holds and pauses nothing: all who come run at once, whatever the slots, the bound and the memory. */
    public NodeSettings unlimited() {
        return new NodeSettings(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                quantum,
                preemptionsBeforeGuarantee,
                guaranteedQuanta,
                maxPause,
                keepAliveInterval,
                keepAlivePulse);
    }

    /** The same with another bound. */
    public NodeSettings launchBound(int bound) {
        return new NodeSettings(
                slots,
                bound,
                memoryMb,
                quantum,
                preemptionsBeforeGuarantee,
                guaranteedQuanta,
                maxPause,
                keepAliveInterval,
                keepAlivePulse);
    }

    /** The same where nobody is owed anything for having been paused often. */
    public NodeSettings withoutGuarantee() {
        return new NodeSettings(
                slots,
                launchBound,
                memoryMb,
                quantum,
                Optional.empty(),
                guaranteedQuanta,
                maxPause,
                keepAliveInterval,
                keepAlivePulse);
    }

    static void checkBound(int launchBound, int slots) {
        if (launchBound < slots) {
            throw bad("launch bound", launchBound, "at least the " + slots + " slots");
        }
    }

    private static void checkSpan(String name, Duration span) {
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST_SPAN) > 0) {
            throw bad(name, span, "above zero and at most " + LONGEST_SPAN);
        }
    }

    private static IllegalArgumentException bad(String name, Object value, String allowed) {
        return new IllegalArgumentException(name + " must be " + allowed + ", was " + value);
    }

    /** The defaults: Q = 4, W = 5 s, P = 3, K = 2, no maximum pause, pulses of 500 ms each 30 s, memory not bounded. */
    public static NodeSettings defaults(int slots) {
        return new NodeSettings(
                slots,
                (int) Math.min(slots + 4L, Integer.MAX_VALUE),
                Long.MAX_VALUE,
                Duration.ofSeconds(5),
                Optional.of(3),
                2,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Duration.ofMillis(500));
    }
}
