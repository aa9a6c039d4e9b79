/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison with all it rests on: the figures, and the jobs and events of each scheduler by its name.
 *
 * @param results the figures, in the order the schedulers ran
 */
public record Comparison(
        Results results,
        Map<String, List<JobRecord>> jobsByScheduler,
        Map<String, List<EventRecord>> eventsByScheduler) {

    /** Summarizes each run; the first one is the one the others are compared with. */
    public static Comparison of(WorkloadSummary workload, String machine, List<RunRecord> runs) {
        Map<String, List<JobRecord>> jobs = new LinkedHashMap<>();
        Map<String, List<EventRecord>> events = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            jobs.put(run.scheduler(), run.jobs());
            events.put(run.scheduler(), run.events());
        }
        List<RunSummary> summaries = runs.stream().map(RunSummarizer::summarize).toList();
        return new Comparison(new Results(workload, machine, summaries), jobs, events);
    }

    /** The same with the figures of {@link Results#means}. */
    public Comparison means() {
        return new Comparison(results.means(), jobsByScheduler, eventsByScheduler);
    }

    /** The jobs of one scheduler; empty when none completed. */
    public List<JobRecord> jobs(String scheduler) {
        return jobsByScheduler.getOrDefault(scheduler, List.of());
    }

    /** The events of one scheduler; empty when none were recorded. */
    public List<EventRecord> events(String scheduler) {
        return eventsByScheduler.getOrDefault(scheduler, List.of());
    }
}
