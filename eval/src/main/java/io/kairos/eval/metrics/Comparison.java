/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison with all it rests on: the figures, the jobs of each scheduler by its name, and what happened.
 *
 * @param results the figures, in the order the schedulers ran
 */
public record Comparison(Results results, Map<String, List<JobRecord>> jobsByScheduler, EventSource events) {

    /** Summarizes each run; the first one is the one the others are compared with. */
    public static Comparison of(WorkloadSummary workload, String machine, List<RunRecord> runs) {
        Map<String, List<JobRecord>> jobs = new LinkedHashMap<>();
        Map<String, List<EventRecord>> events = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            jobs.put(run.scheduler(), run.jobs());
            events.put(run.scheduler(), run.events());
        }
        List<RunSummary> summaries = runs.stream().map(RunSummarizer::summarize).toList();
        return new Comparison(new Results(workload, machine, summaries), jobs, EventSource.of(events));
    }

    /** The same with the figures of {@link Results#means}. */
    public Comparison means() {
        return new Comparison(results.means(), jobsByScheduler, events);
    }

    /** The jobs of one scheduler; empty when none completed. */
    public List<JobRecord> jobs(String scheduler) {
        return jobsByScheduler.getOrDefault(scheduler, List.of());
    }
}
