/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import io.kairos.eval.metrics.Distribution;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How long each call of one kind took, by the clock and of a processor. Thread-safe. */
final class CallTimes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Double> micros = new ArrayList<>();
    private long processorNanos;

    /** Makes the call and keeps its times, also if it throws. */
    <T> T measure(Supplier<T> call) {
        // Outermost, so that what reading it costs is not in the clock's figure.
        long processor = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            long nanos = System.nanoTime() - start;
            add(nanos, THREADS.getCurrentThreadCpuTime() - processor);
        }
    }

    private synchronized void add(long nanos, long processor) {
        micros.add(nanos / 1e3);
        processorNanos += processor;
    }

    /** @throws IllegalStateException if there was no call */
    synchronized CallFigures figures() {
        Distribution distribution =
                Distribution.of(micros).orElseThrow(() -> new IllegalStateException("there was no call to measure"));
        return new CallFigures(
                micros.size(), distribution.p50(), distribution.p99(), distribution.mean(), processorNanos / 1e6);
    }

    /** Of all calls together, milliseconds. */
    synchronized double processorMillis() {
        return processorNanos / 1e6;
    }
}
