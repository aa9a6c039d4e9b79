/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Machine;
import io.kairos.eval.report.Lines;
import io.kairos.yarn.rm.PlacementLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Placement with and without 10,000 load reports a second, round by round in turn. Reports cost processor time wherever they end; so
 * a third subject has them answered and dropped, and what they cost the placement is the difference to that one. Expected: none.
 */
public final class ReportsBenchmark {
    private static final List<Integer> SIZES = List.of(1_000, 10_000);
    private static final double REPORTS_PER_SECOND = 10_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 3;
    private static final long ROUND_NANOS = 1_000_000_000;
    private static final int TASKS_A_NODE = 2;

    private enum Subject {
        NONE,
        DROPPED,
        TAKEN
    }

    private record Round(double reportsPerSecond, double containersPerSecond, BenchRow.Micros micros) {}

    /** @throws IOException the reports found no port */
    public ReportsResult run(Consumer<String> progress) throws IOException, InterruptedException {
        List<ReportsResult.Row> rows = new ArrayList<>();
        for (int nodes : SIZES) {
            Map<Subject, List<Round>> found = new EnumMap<>(Subject.class);
            try (PlacementLoop loop = new PlacementLoop(nodes)) {
                AtomicLong sequence = new AtomicLong();
                for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                    progress.accept("reports: " + nodes + " nodes, round " + (round + 1) + " of " + (WARM_UP + ROUNDS));
                    for (Subject subject : Subject.values()) {
                        Round figures = round(loop, subject, sequence);
                        if (round >= WARM_UP) {
                            found.computeIfAbsent(subject, key -> new ArrayList<>())
                                    .add(figures);
                        }
                    }
                }
                if (loop.errors() > 0) {
                    throw new IllegalStateException("the placement thread met " + loop.errors() + " errors");
                }
            }
            found.forEach((subject, rounds) -> rows.add(row(subject, nodes, rounds)));
        }
        return new ReportsResult("reports", Machine.describe(), ROUNDS, rows);
    }

    /** The table, one string a line, at most 80 columns wide. */
    public static List<String> lines(ReportsResult result) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.title(result.bench(), result.machine(), ", medians of " + result.rounds() + " rounds"));
        lines.add(String.format(
                "%-10s%10s%14s%18s%12s%12s", "reports", "nodes", "reports/s", "containers/s", "p50, us", "p99, us"));
        for (ReportsResult.Row row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-10s%,10d%,14.0f%,18.0f%12.2f%12.2f",
                    row.subject(),
                    row.nodes(),
                    row.reportsPerSecond(),
                    row.containersPerSecond(),
                    row.decisionMicros().p50(),
                    row.decisionMicros().p99()));
        }
        lines.add("");
        for (int nodes : SIZES) {
            ReportsResult.@Nullable Row dropped = find(result, Subject.DROPPED, nodes);
            ReportsResult.@Nullable Row taken = find(result, Subject.TAKEN, nodes);
            if (dropped != null && taken != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%,d nodes: reports that count place x%.2f as many as reports that are dropped.",
                        nodes,
                        taken.containersPerSecond() / dropped.containersPerSecond()));
            }
        }
        return lines;
    }

    private static Round round(PlacementLoop loop, Subject subject, AtomicLong sequence)
            throws IOException, InterruptedException {
        if (subject == Subject.NONE) {
            return bursts(loop, () -> 0);
        }
        try (ReportFeed feed = new ReportFeed(
                loop.nodes(), REPORTS_PER_SECOND, sequence, subject == Subject.TAKEN ? loop::take : loop::drop)) {
            return bursts(loop, feed::answered);
        }
    }

    /** Counts reports. */
    private interface Count {
        long now();
    }

    private static Round bursts(PlacementLoop loop, Count reports) throws InterruptedException {
        List<Double> micros = new ArrayList<>();
        double inBursts = 0;
        long before = reports.now();
        long start = System.nanoTime();
        while (System.nanoTime() - start < ROUND_NANOS) {
            List<Double> burst = loop.burst(loop.nodes().size() * TASKS_A_NODE);
            inBursts += burst.stream().mapToDouble(Double::doubleValue).sum();
            micros.addAll(burst);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Distribution distribution = Distribution.of(micros).orElseThrow();
        return new Round(
                (reports.now() - before) / seconds,
                micros.size() * 1e6 / inBursts,
                new BenchRow.Micros(distribution.p50(), distribution.p99()));
    }

    private static ReportsResult.Row row(Subject subject, int nodes, List<Round> rounds) {
        return new ReportsResult.Row(
                subject.name().toLowerCase(Locale.ROOT),
                nodes,
                median(rounds, Round::reportsPerSecond),
                median(rounds, Round::containersPerSecond),
                new BenchRow.Micros(
                        median(rounds, round -> round.micros().p50()),
                        median(rounds, round -> round.micros().p99())));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Distribution.percentile(
                rounds.stream().mapToDouble(figure).sorted().toArray(), 50);
    }

    private static ReportsResult.@Nullable Row find(ReportsResult result, Subject subject, int nodes) {
        return result.rows().stream()
                .filter(row -> row.nodes() == nodes
                        && row.subject().equals(subject.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }
}
