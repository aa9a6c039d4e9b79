/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The node tier as tasks grow, with four slots: a task arrives and starts, the oldest one ends, and what has become due is
 * done. Expected: cost grows far slower than the tasks.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class NodeBenchmark {
    private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();
    private static final int SLOTS = 4;

    @Param({"4", "16", "40", "100", "400"})
    public int tasks;

    private NodeScheduler<Long> scheduler;
    private Deque<Long> present;
    private long nextTask;
    private long now;

    @Setup(Level.Iteration)
    public void fill() {
        NodeSettings settings = new NodeSettings(
                SLOTS,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Duration.ofSeconds(1),
                Optional.of(3),
                2,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Duration.ofMillis(500));
        scheduler = new NodeScheduler<>(settings, TaskOrders.attainedService());
        present = new ArrayDeque<>();
        nextTask = 0;
        now = 0;
        while (present.size() < tasks) {
            arrive();
        }
    }

    @Benchmark
    public List<Decision<Long>> decision() {
        long oldest = present.removeFirst();
        scheduler.finish(oldest, now);
        arrive();
        return scheduler.tick(now);
    }

    private void arrive() {
        now += STEP_NANOS;
        long task = nextTask++;
        present.addLast(task);
        scheduler.arrive(new TaskRequest<>(task, "application-" + task % 8, 1, 0, true), now);
        scheduler.started(task, now);
    }
}
