/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import io.kairos.workloads.model.JobClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run for each scheduler in the place of several with different seeds: each figure is the mean of theirs. */
public final class SeedMeans {
    private SeedMeans() {}

    /** The means, in the order in which the schedulers first appear; the runs themselves where there is one of each. */
    public static List<RunSummary> of(List<RunSummary> runs) {
        Map<String, List<RunSummary>> byScheduler = runs.stream()
                .collect(Collectors.groupingBy(RunSummary::scheduler, LinkedHashMap::new, Collectors.toList()));
        return byScheduler.values().stream().map(SeedMeans::mean).toList();
    }

    private static RunSummary mean(List<RunSummary> runs) {
        RunSummary first = runs.get(0);
        if (runs.size() == 1) {
            return first;
        }
        return new RunSummary(
                first.scheduler(),
                first.seed(),
                first.nodes(),
                first.slotsPerNode(),
                first.queueBound(),
                first.quantumSeconds(),
                first.pauser(),
                first.containerRuntime(),
                number(runs, RunSummary::utilisation),
                distribution(runs, RunSummary::completionTime),
                distribution(runs, RunSummary::slowdown),
                classes(runs),
                tasks(runs),
                whole(runs, RunSummary::placements),
                whole(runs, RunSummary::preemptions),
                number(runs, RunSummary::pausedSeconds),
                whole(runs, RunSummary::shortTasksBehindLong),
                number(runs, RunSummary::wastedServiceSeconds),
                number(runs, RunSummary::wallSeconds),
                whole(runs, RunSummary::events),
                number(runs, RunSummary::eventsPerSecond),
                whole(runs, RunSummary::peakMemoryMb));
    }

    private static Map<String, ClassSummary> classes(List<RunSummary> runs) {
        Map<String, ClassSummary> classes = new LinkedHashMap<>();
        for (JobClass jobClass : JobClass.values()) {
            String label = jobClass.label();
            List<ClassSummary> found = runs.stream()
                    .map(run -> run.classes().get(label))
                    .filter(Objects::nonNull)
                    .toList();
            Distribution completionTime = distribution(found, ClassSummary::completionTime);
            Distribution slowdown = distribution(found, ClassSummary::slowdown);
            if (completionTime != null && slowdown != null) {
                classes.put(label, new ClassSummary(jobs(found), completionTime, slowdown));
            }
        }
        return classes;
    }

    private static int jobs(List<ClassSummary> found) {
        return (int)
                Math.round(found.stream().mapToInt(ClassSummary::jobs).average().orElseThrow());
    }

    /** The fewest that completed: whoever lost a task in any run has lost one. */
    private static TaskCounts tasks(List<RunSummary> runs) {
        TaskCounts first = runs.get(0).tasks();
        return new TaskCounts(
                first.submitted(),
                runs.stream()
                                .mapToInt(run ->
                                        run.tasks().completed() - run.tasks().submitted())
                                .min()
                                .orElse(0)
                        + first.submitted(),
                runs.stream().mapToInt(run -> run.tasks().failed()).max().orElse(0),
                runs.stream().mapToInt(run -> run.tasks().killed()).max().orElse(0));
    }

    private static <T> @Nullable Distribution distribution(List<T> all, Function<T, @Nullable Distribution> figure) {
        List<Distribution> known =
                all.stream().map(figure).filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return null;
        }
        boolean tails = known.stream().allMatch(one -> one.cvar95() != null);
        return new Distribution(
                mean(known, Distribution::p50),
                mean(known, Distribution::p90),
                mean(known, Distribution::p99),
                mean(known, Distribution::mean),
                mean(known, Distribution::max),
                tails ? mean(known, one -> Objects.requireNonNull(one.cvar95())) : null);
    }

    private static double mean(List<Distribution> all, ToDoubleFunction<Distribution> figure) {
        return all.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static @Nullable Double number(
            List<RunSummary> runs, Function<RunSummary, ? extends @Nullable Number> figure) {
        List<? extends Number> known =
                runs.stream().map(figure).filter(Objects::nonNull).toList();
        return known.isEmpty()
                ? null
                : known.stream().mapToDouble(Number::doubleValue).average().orElseThrow();
    }

    private static @Nullable Long whole(List<RunSummary> runs, Function<RunSummary, @Nullable Long> figure) {
        Double mean = number(runs, figure);
        return mean == null ? null : Math.round(mean);
    }
}
