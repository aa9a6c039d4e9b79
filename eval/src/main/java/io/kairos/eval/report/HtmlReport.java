/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.chart.CumulativeChart;
import io.kairos.eval.chart.Markup;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.metrics.WorkloadSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The comparison as one page that needs nothing beside itself: no network, no script, no font. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * The whole page; also well-formed XML.
     *
     * @throws IOException the events could not be read
     */
    public static String render(Comparison ofAllRuns) throws IOException {
        Comparison comparison = ofAllRuns.means();
        Results results = comparison.results();
        String title = title(results);
        return Page.render(title, body(comparison, title, seeds(ofAllRuns)));
    }

    private static String title(Results results) {
        return String.join(" and ", names(results)) + ": workload "
                + results.workload().name();
    }

    private static List<String> names(Results results) {
        return results.runs().stream().map(RunSummary::scheduler).toList();
    }

    /** How many runs of each scheduler the figures are means of. */
    private static int seeds(Comparison ofAllRuns) {
        List<RunSummary> runs = ofAllRuns.results().runs();
        return (int) runs.stream()
                .filter(run -> run.scheduler().equals(runs.get(0).scheduler()))
                .count();
    }

    private static String body(Comparison comparison, String title, int seeds) throws IOException {
        Results results = comparison.results();
        StringBuilder html =
                new StringBuilder("<header><h1>" + Markup.escape(title) + "</h1>\n" + facts(results, seeds));
        html.append("</header>\n").append(tiles(results));
        LongJobs.sentences(results)
                .forEach(sentence -> html.append("<p class=\"note\">" + Markup.escape(sentence) + "</p>\n"));
        html.append("<h2>How long jobs took</h2>\n").append(Page.legend(names(results)));
        html.append("<div class=\"columns\">\n");
        html.append(
                cumulative(comparison, "Completion time", "completion time, s", " s", JobRecord::completionSeconds));
        html.append(cumulative(comparison, "Slowdown", "slowdown", " x time alone", JobRecord::slowdown));
        html.append("</div>\n<h2>Figures</h2>\n");
        html.append("<p>Small figures: ratio to ")
                .append(
                        results.runs().isEmpty()
                                ? "the first"
                                : Markup.escape(results.runs().get(0).scheduler()))
                .append(". n: jobs that completed. Percentiles interpolate linearly "
                        + "between ranks, so with n below 100 p99 lies between the two longest. Slowdown is completion time over "
                        + "time alone: what a real job took with the cluster to itself; for any other job a lower bound, "
                        + "without heartbeats or start-up.</p>\n");
        html.append(FiguresTables.render(results));
        html.append("<h2>What the nodes did</h2>\n").append(TimelineSection.render(comparison));
        html.append("<h2>Who waited longest</h2>\n").append(WorstJobs.render(comparison));
        return html.toString();
    }

    private static String facts(Results results, int seeds) {
        WorkloadSummary workload = results.workload();
        StringBuilder facts = new StringBuilder("<p class=\"facts\">");
        facts.append(Figures.format(
                "%d jobs, %d tasks, %.0f s of service", workload.jobs(), workload.tasks(), workload.serviceSeconds()));
        if (workload.seed() != null) {
            facts.append(", seed ").append(workload.seed());
        }
        if (seeds > 1) {
            facts.append(
                    Figures.format(" · figures are means of %d seeds, curves and nodes those of the first run", seeds));
        }
        if (!results.runs().isEmpty()) {
            RunSummary run = results.runs().get(0);
            facts.append(Figures.format(" · %d nodes", run.nodes()));
            if (run.slotsPerNode() != null) {
                facts.append(
                        Figures.format(run.slotsPerNode() == 1 ? " of %d slot" : " of %d slots", run.slotsPerNode()));
            }
            if ("docker".equals(run.containerRuntime())) {
                facts.append(", tasks in Docker containers");
            }
        }
        for (RunSummary run : results.runs()) {
            facts.append(settings(run));
        }
        if (results.machine() != null) {
            facts.append("<br/>").append(Markup.escape(results.machine()));
        }
        return facts.append("</p>\n").toString();
    }

    /** What only a scheduler that pauses tasks was set to. */
    private static String settings(RunSummary run) {
        List<String> settings = new ArrayList<>();
        if (run.queueBound() != null) {
            settings.add("queue bound " + run.queueBound());
        }
        if (run.quantumSeconds() != null) {
            settings.add("quantum " + Figures.number(run.quantumSeconds()) + " s");
        }
        if (run.pauser() != null) {
            settings.add("pauser " + run.pauser());
        }
        return settings.isEmpty() ? "" : " · " + Markup.escape(run.scheduler() + ": " + String.join(", ", settings));
    }

    private static String tiles(Results results) {
        StringBuilder html = new StringBuilder();
        if (results.runs().isEmpty()) {
            return "";
        }
        RunSummary base = results.runs().get(0);
        Distribution baseTime = base.completionTime();
        for (RunSummary run : results.runs().subList(1, results.runs().size())) {
            Distribution time = run.completionTime();
            if (baseTime == null || time == null) {
                continue;
            }
            html.append("<section class=\"tiles\" aria-label=\"" + Markup.escape(run.scheduler()) + " beside "
                    + Markup.escape(base.scheduler()) + "\">\n");
            html.append(tile(change(time.p50(), baseTime.p50()), run.scheduler() + ": median completion time"));
            html.append(tile(change(time.mean(), baseTime.mean()), "mean completion time"));
            html.append(tile(change(time.p99(), baseTime.p99()), "99th percentile"));
            html.append(tile(Figures.number(run.preemptions()), "preemptions"));
            html.append(tile(
                    run.tasks().failed() + run.tasks().killed() + " of "
                            + run.tasks().submitted(),
                    "tasks failed or killed"));
            html.append("</section>\n");
        }
        return html.toString();
    }

    private static String change(double value, double base) {
        return base > 0 ? Figures.format("%+.0f %%", 100 * (value / base - 1)).replace('-', '−') : Figures.UNKNOWN;
    }

    private static String tile(String value, String label) {
        return "<div class=\"tile\"><strong>" + value + "</strong><span>" + Markup.escape(label) + "</span></div>\n";
    }

    private static String cumulative(
            Comparison comparison, String caption, String axis, String unit, Function<JobRecord, Double> figure) {
        List<CumulativeChart.Series> series = comparison.results().runs().stream()
                .map(run -> new CumulativeChart.Series(
                        run.scheduler(),
                        comparison.jobs(run.scheduler()).stream().map(figure).toList()))
                .toList();
        String label = caption + " of the jobs, cumulative, one line a scheduler; the tables below give the figures";
        return "<figure><figcaption>" + caption + ", cumulative</figcaption>\n"
                + CumulativeChart.draw(label, axis + " (logarithmic)", unit, series) + "</figure>\n";
    }
}
