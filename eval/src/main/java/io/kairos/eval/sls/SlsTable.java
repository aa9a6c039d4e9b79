/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The runs in the simulator as plain text of at most 80 columns: every run a line, so that its noise can be seen. */
public final class SlsTable {
    private static final String ROW = "%6s  %-14s%9s%9s%9s    %9s%9s%9s";

    private SlsTable() {}

    /** The table, one string a line. */
    public static List<String> lines(SlsResult result) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.title(result.bench(), result.machine(), ", seed " + result.seed()));
        lines.add("");
        lines.add(String.format("%22s%27s    %27s", "", "heartbeat of a node, us", "call of a master, us"));
        lines.add(String.format(ROW, "nodes", "scheduler", "p50", "p99", "mean", "p50", "p99", "mean"));
        result.runs().forEach(run -> lines.add(calls(run)));
        lines.add("");
        lines.add(String.format("%22s%27s    %27s", "", "processor, us a container", "processor, us"));
        lines.add(String.format(ROW, "nodes", "scheduler", "all", "thread", "", "heartbeat", "call", ""));
        result.runs().forEach(run -> lines.add(processor(run)));
        lines.add("");
        lines.add(String.format(ROW, "nodes", "scheduler", "ended", "placed", "job, s", "beats", "", ""));
        result.runs().forEach(run -> lines.add(outcome(run)));
        lines.add("");
        sizes(result).forEach(nodes -> {
            lines.add(String.format(Locale.ROOT, "%,d nodes", nodes));
            comparison(result, nodes).forEach(lines::add);
        });
        result.runs().stream()
                .filter(run -> !run.allEnded())
                .forEach(run -> lines.add(String.format(
                        Locale.ROOT,
                        "%s ended %d of %d jobs in %.0f s",
                        run.scheduler(),
                        run.ended(),
                        run.jobs(),
                        run.seconds())));
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String calls(SlsRun run) {
        return String.format(
                ROW,
                run.nodes(),
                run.scheduler(),
                number(run.nodeUpdate().p50Micros()),
                number(run.nodeUpdate().p99Micros()),
                number(run.nodeUpdate().meanMicros()),
                number(run.allocate().p50Micros()),
                number(run.allocate().p99Micros()),
                number(run.allocate().meanMicros()));
    }

    private static String processor(SlsRun run) {
        return String.format(
                ROW,
                run.nodes(),
                run.scheduler(),
                number(run.processorMicrosPerContainer()),
                number(run.placementMicrosPerContainer()),
                "",
                number(run.nodeUpdate().processorMicros()),
                number(run.allocate().processorMicros()),
                "");
    }

    private static String outcome(SlsRun run) {
        return String.format(
                ROW,
                run.nodes(),
                run.scheduler(),
                run.ended() + "/" + run.jobs(),
                run.containers(),
                run.jobSeconds() == null ? "-" : number(run.jobSeconds()),
                String.format(Locale.ROOT, "%.0f %%", 100 * run.heartbeatShare()),
                "",
                "");
    }

    private static List<Integer> sizes(SlsResult result) {
        return result.runs().stream().map(SlsRun::nodes).distinct().toList();
    }

    private static Stream<String> comparison(SlsResult result, int nodes) {
        return Arrays.stream(SchedulerInSimulator.values())
                .filter(kind -> kind != SchedulerInSimulator.KAIROS && ran(result, kind))
                .flatMap(kind -> comparison(kind.label(), figure -> ratio(result, nodes, kind, figure)));
    }

    private static Stream<String> comparison(String other, Function<ToDoubleFunction<SlsRun>, String> ratio) {
        return Stream.of(
                "Kairos over " + other + ", medians of the runs:",
                String.format(
                        "  by the clock: heartbeat x%s (mean x%s), call x%s (mean x%s)",
                        ratio.apply(run -> run.nodeUpdate().p50Micros()),
                        ratio.apply(run -> run.nodeUpdate().meanMicros()),
                        ratio.apply(run -> run.allocate().p50Micros()),
                        ratio.apply(run -> run.allocate().meanMicros())),
                String.format(
                        "  processor: heartbeat x%s, call x%s, all x%s",
                        ratio.apply(run -> run.nodeUpdate().processorMicros()),
                        ratio.apply(run -> run.allocate().processorMicros()),
                        ratio.apply(SlsRun::processorMicrosPerContainer)));
    }

    private static boolean ran(SlsResult result, SchedulerInSimulator kind) {
        return result.runs().stream().anyMatch(run -> run.scheduler().equals(kind.label()));
    }

    private static String ratio(
            SlsResult result, int nodes, SchedulerInSimulator other, ToDoubleFunction<SlsRun> figure) {
        return String.format(
                Locale.ROOT,
                "%.2f",
                median(result, nodes, SchedulerInSimulator.KAIROS, figure) / median(result, nodes, other, figure));
    }

    private static double median(
            SlsResult result, int nodes, SchedulerInSimulator kind, ToDoubleFunction<SlsRun> figure) {
        return Distribution.percentile(
                result.runs().stream()
                        .filter(run -> run.nodes() == nodes && run.scheduler().equals(kind.label()))
                        .mapToDouble(figure)
                        .sorted()
                        .toArray(),
                50);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
