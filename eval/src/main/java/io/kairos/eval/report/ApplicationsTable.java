/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.metrics.ApplicationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What pauses did to real jobs, a line a scheduler, as plain text of at most 80 columns. */
public final class ApplicationsTable {
    private static final String ROW = "%-18s%7s%8s%8s%8s%8s%7s%8s%8s";

    private ApplicationsTable() {}

    /** The table, one string a line; empty without such jobs. */
    public static List<String> lines(Map<String, List<ApplicationRecord>> byScheduler) {
        if (byScheduler.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(Figures.format(
                ROW, "real jobs", "right", "lost", "failed", "fetches", "stages", "copies", "most", "longest"));
        lines.add(Figures.format(ROW, "", "result", "contai.", "tasks", "failed", "again", "", "pauses", "pause s"));
        byScheduler.forEach((scheduler, jobs) -> lines.add(Figures.format(
                ROW,
                "      " + Lines.clipFront(scheduler, 11),
                jobs.stream().filter(ApplicationRecord::rightResult).count() + "/" + jobs.size(),
                sum(jobs, ApplicationRecord::lostContainers),
                sum(jobs, ApplicationRecord::failedTasks),
                sum(jobs, ApplicationRecord::fetchFailures),
                sum(jobs, ApplicationRecord::stagesAgain),
                sum(jobs, ApplicationRecord::speculativeTasks),
                most(jobs, job -> job.mostPauses() == null ? null : (double) job.mostPauses(), "%.0f"),
                most(jobs, ApplicationRecord::longestPauseSeconds, "%.1f"))));
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String sum(List<ApplicationRecord> jobs, Function<ApplicationRecord, @Nullable Integer> figure) {
        return jobs.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .reduce(Integer::sum)
                .map(String::valueOf)
                .orElse(Figures.UNKNOWN);
    }

    private static String most(
            List<ApplicationRecord> jobs, Function<ApplicationRecord, @Nullable Double> figure, String format) {
        return jobs.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .max(Double::compare)
                .map(value -> Figures.format(format, value))
                .orElse(Figures.UNKNOWN);
    }
}
