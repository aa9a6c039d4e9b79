/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.files.ApplicationsFile;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.ApplicationRecord;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.EventSource;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.Machine;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.RunSummarizer;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.eval.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The runs of one workload that a folder has seen, one for each scheduler: a further one stands beside them. */
public final class RunHistory {
    private final RunFolder folder;

    public RunHistory(Path folder) {
        this.folder = new RunFolder(folder);
    }

    /**
     * Makes sure, before more is known, that the runs there had a workload of this name, size and seed.
     *
     * @throws IllegalArgumentException one line: they had another
     * @throws IOException one line: what is there cannot be read
     */
    public RunHistory require(String name, int jobs, long seed) throws IOException {
        if (Files.exists(folder.results())) {
            WorkloadSummary there = folder.read().results().workload();
            Long known = there.seed();
            if (!there.name().equals(name) || there.jobs() != jobs || known == null || known != seed) {
                throw new IllegalArgumentException(folder.path() + " holds runs of " + describe(there)
                        + ": expected another folder, or the same for '" + name + "' of " + jobs + " jobs, seed "
                        + seed);
            }
        }
        return this;
    }

    /**
     * Makes sure that the runs there had this workload.
     *
     * @throws IllegalArgumentException one line: they had another
     * @throws IOException one line: what is there cannot be read
     */
    public RunHistory require(WorkloadSummary workload) throws IOException {
        if (Files.exists(folder.results())) {
            WorkloadSummary there = folder.read().results().workload();
            if (!there.equals(workload)) {
                throw new IllegalArgumentException(folder.path() + " holds runs of " + describe(there)
                        + ": expected another folder, or the same for " + describe(workload));
            }
        }
        return this;
    }

    private static String describe(WorkloadSummary workload) {
        return "'" + workload.name() + "' of " + workload.jobs() + " jobs and " + workload.tasks() + " tasks"
                + (workload.seed() == null ? "" : ", seed " + workload.seed()) + ", "
                + String.format(Locale.ROOT, "%.1f", workload.serviceSeconds()) + " s of service";
    }

    /**
     * Adds a run, in the place of an earlier one of the same scheduler, and writes all files again.
     *
     * @param applications empty for a run of emulated jobs
     */
    public Comparison add(WorkloadSummary workload, RunRecord run, List<ApplicationRecord> applications)
            throws IOException {
        List<RunSummary> summaries = new ArrayList<>();
        Map<String, List<JobRecord>> jobs = new LinkedHashMap<>();
        Map<String, List<EventRecord>> events = new LinkedHashMap<>();
        if (Files.exists(folder.results())) {
            Comparison before = folder.read();
            summaries.addAll(before.results().runs());
            jobs.putAll(before.jobsByScheduler());
            before.events().forEach((scheduler, event) -> events.computeIfAbsent(scheduler, name -> new ArrayList<>())
                    .add(event));
        }
        RunSummary summary = RunSummarizer.summarize(run);
        if (summaries.stream().anyMatch(known -> known.scheduler().equals(run.scheduler()))) {
            summaries.replaceAll(known -> known.scheduler().equals(run.scheduler()) ? summary : known);
        } else {
            summaries.add(summary);
        }
        jobs.put(run.scheduler(), run.jobs());
        events.put(run.scheduler(), run.events());
        Comparison comparison =
                new Comparison(new Results(workload, Machine.describe(), summaries), jobs, EventSource.of(events));
        Map<String, List<ApplicationRecord>> known = applications();
        if (!applications.isEmpty()) {
            known.put(run.scheduler(), applications);
            ApplicationsFile.write(known, folder.path().resolve(ApplicationsFile.NAME));
        }
        folder.write(comparison);
        Files.writeString(folder.page(), HtmlReport.render(comparison));
        return comparison;
    }

    /** What the real jobs met, by scheduler. */
    public Map<String, List<ApplicationRecord>> applications() throws IOException {
        return ApplicationsFile.read(folder.path().resolve(ApplicationsFile.NAME));
    }
}
