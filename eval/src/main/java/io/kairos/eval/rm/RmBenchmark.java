/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.bench.BenchRow.Micros;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * KairosScheduler and the stock schedulers side by side: each in a process of its own, round by round in turn, so that what
 * else the machine does hits all alike. The first rounds warm up and do not count. All of that several times, for a process
 * that was compiled otherwise may be a tenth faster or slower than another one of the same scheduler.
 */
public final class RmBenchmark {
    private static final int WARM_UP = 2;
    private static final int PROCESSES = 3;

    private final List<SchedulerUnderTest> kinds;
    private final List<Integer> sizes;
    private final int rounds;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param schedulers their names, as {@link #schedulers()} has them
     * @param sizes numbers of nodes
     * @param rounds rounds of each process, more than the two that warm up
     * @param seed of the churn
     * @param progress takes a line a step
     */
    public RmBenchmark(List<String> schedulers, List<Integer> sizes, int rounds, long seed, Consumer<String> progress) {
        if (rounds <= WARM_UP) {
            throw new IllegalArgumentException("rounds must be more than " + WARM_UP + ", was " + rounds);
        }
        this.kinds = schedulers.stream().map(SchedulerUnderTest::named).toList();
        this.sizes = List.copyOf(sizes);
        this.rounds = rounds;
        this.seed = seed;
        this.progress = progress;
    }

    /** The names of all schedulers. */
    public static List<String> schedulers() {
        return Arrays.stream(SchedulerUnderTest.values())
                .map(SchedulerUnderTest::label)
                .toList();
    }

    /** @throws IOException a scheduler's process failed: its last words */
    public RmResult run() throws IOException {
        List<RmRow> rows = new ArrayList<>();
        for (int nodes : sizes) {
            rows.addAll(run(nodes));
        }
        return new RmResult("rm", Machine.describe(), PROCESSES * (rounds - WARM_UP), PROCESSES, rows);
    }

    private List<RmRow> run(int nodes) throws IOException {
        Map<SchedulerUnderTest, List<RoundFigures>> found = new LinkedHashMap<>();
        Map<SchedulerUnderTest, RmRow.Range> churned = new LinkedHashMap<>();
        for (int process = 1; process <= PROCESSES; process++) {
            Map<SchedulerUnderTest, WorkerProcess> workers = new LinkedHashMap<>();
            String where = "rm: " + nodes + " nodes, process " + process + " of " + PROCESSES + ", ";
            try {
                for (SchedulerUnderTest kind : kinds) {
                    progress.accept(where + kind.label() + " warms up");
                    WorkerProcess worker = WorkerProcess.start(kind, nodes, seed);
                    workers.put(kind, worker);
                    worker.ask(RmWorker.WARM_UP, String.class);
                }
                measure(where, workers, found);
                progress.accept(where + "churn");
                for (Map.Entry<SchedulerUnderTest, WorkerProcess> worker : workers.entrySet()) {
                    RmRow.Range range = worker.getValue().ask(RmWorker.CHURN, RmRow.Range.class);
                    churned.merge(worker.getKey(), range, RmRow.Range::span);
                }
            } finally {
                for (WorkerProcess worker : workers.values()) {
                    worker.close();
                }
            }
        }
        return kinds.stream()
                .map(kind -> row(
                        kind.label(),
                        nodes,
                        found.getOrDefault(kind, List.of()),
                        Objects.requireNonNull(churned.get(kind))))
                .toList();
    }

    private void measure(
            String where,
            Map<SchedulerUnderTest, WorkerProcess> workers,
            Map<SchedulerUnderTest, List<RoundFigures>> found)
            throws IOException {
        for (int round = 0; round < rounds; round++) {
            progress.accept(where + "round " + (round + 1) + " of " + rounds);
            for (Map.Entry<SchedulerUnderTest, WorkerProcess> worker : workers.entrySet()) {
                RoundFigures figures = worker.getValue().ask(RmWorker.ROUND, RoundFigures.class);
                if (round >= WARM_UP) {
                    found.computeIfAbsent(worker.getKey(), kind -> new ArrayList<>())
                            .add(figures);
                }
            }
        }
    }

    static RmRow row(String scheduler, int nodes, List<RoundFigures> rounds, RmRow.Range containersPerNode) {
        List<Micros> decisions = rounds.stream()
                .flatMap(round -> Optional.ofNullable(round.decisionMicros()).stream())
                .toList();
        double longestLock = most(rounds, RoundFigures::longestLockMillis);
        return new RmRow(
                scheduler,
                nodes,
                median(rounds, RoundFigures::containersPerSecond),
                rounds.stream().mapToInt(RoundFigures::unplaced).sum(),
                decisions.isEmpty() ? null : new Micros(median(decisions, Micros::p50), median(decisions, Micros::p99)),
                longestLock > 0 ? longestLock : null,
                longestLock > 0 ? most(rounds, RoundFigures::mostLockWorkMillis) : null,
                median(rounds, RoundFigures::idleNodeUpdateMicros),
                median(rounds, RoundFigures::allocateMicros),
                containersPerNode);
    }

    private static <T> double most(List<T> rounds, ToDoubleFunction<T> figure) {
        return rounds.stream().mapToDouble(figure).max().orElseThrow();
    }

    private static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        return Distribution.percentile(
                rounds.stream().mapToDouble(figure).sorted().toArray(), 50);
    }
}
