/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.chart.Markup;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunSummary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs with the worst slowdown under any of the schedulers, and what became of each under all of them. */
final class WorstJobs {
    private static final int ROWS = 12;

    private WorstJobs() {}

    static String render(Comparison comparison) {
        List<String> schedulers =
                comparison.results().runs().stream().map(RunSummary::scheduler).toList();
        Map<String, Map<String, JobRecord>> runsByJob = new LinkedHashMap<>();
        for (String scheduler : schedulers) {
            for (JobRecord job : comparison.jobs(scheduler)) {
                runsByJob
                        .computeIfAbsent(job.job(), id -> new LinkedHashMap<>())
                        .put(scheduler, job);
            }
        }
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><caption>The " + ROWS
                + " jobs with the worst slowdown under any scheduler</caption>\n<thead><tr><th scope=\"col\">job</th>"
                + "<th scope=\"col\">class</th><th scope=\"col\" class=\"number\">tasks</th>"
                + "<th scope=\"col\" class=\"number\">alone, s</th>");
        schedulers.forEach(scheduler ->
                html.append("<th scope=\"col\" class=\"number\">" + Markup.escape(scheduler) + ": slowdown (s)</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        runsByJob.values().stream()
                .sorted(Comparator.comparingDouble(WorstJobs::worst).reversed())
                .limit(ROWS)
                .forEach(runs -> html.append(row(runs, schedulers)));
        return html.append("</tbody></table></div>\n").toString();
    }

    private static double worst(Map<String, JobRecord> runs) {
        return runs.values().stream().mapToDouble(JobRecord::slowdown).max().orElse(0);
    }

    private static String row(Map<String, JobRecord> runs, List<String> schedulers) {
        JobRecord any = runs.values().iterator().next();
        StringBuilder html = new StringBuilder("<tr><th scope=\"row\">" + Markup.escape(any.job()) + "</th><td>"
                + any.jobClass().label() + "</td><td class=\"number\">" + any.tasks() + "</td><td class=\"number\">"
                + Figures.number(any.uncontendedSeconds()) + "</td>");
        for (String scheduler : schedulers) {
            JobRecord job = runs.get(scheduler);
            String cell = job == null
                    ? Figures.UNKNOWN
                    : Figures.number(job.slowdown()) + " <small>(" + Figures.number(job.completionSeconds())
                            + ")</small>";
            html.append("<td class=\"number\">" + cell + "</td>");
        }
        return html.append("</tr>\n").toString();
    }
}
