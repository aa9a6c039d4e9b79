/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.files.ApplicationsFile;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.files.WholeFile;
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
import java.util.Objects;

/** The runs of one workload that a folder has seen, one for each scheduler: a further one stands beside them. */
public final class RunHistory {
    private final RunFolder folder;

    public RunHistory(Path folder) {
        this.folder = new RunFolder(folder);
    }

    /**
     * Makes sure, before it is known what the jobs take, that the runs there had the same ones on such a cluster.
     *
     * @throws IllegalArgumentException one line: they had not
     * @throws IOException one line: what is there cannot be read
     */
    public RunHistory require(String name, int jobs, long seed, Submissions submissions, RunTerms terms)
            throws IOException {
        if (Files.exists(folder.results())) {
            Comparison there = folder.read();
            WorkloadSummary known = there.results().workload();
            require(
                    there,
                    new WorkloadSummary(name, jobs, known.tasks(), seed, known.serviceSeconds()),
                    submissions,
                    terms);
        }
        return this;
    }

    /** Whether there are runs there. */
    public boolean isEmpty() {
        return !Files.exists(folder.results());
    }

    /**
     * Makes sure that the runs there had this workload on such a cluster.
     *
     * @throws IllegalArgumentException one line: they had not
     * @throws IOException one line: what is there cannot be read
     */
    public RunHistory require(WorkloadSummary workload, Submissions submissions, RunTerms terms) throws IOException {
        if (Files.exists(folder.results())) {
            require(folder.read(), workload, submissions, terms);
        }
        return this;
    }

    private void require(Comparison there, WorkloadSummary workload, Submissions submissions, RunTerms terms) {
        WorkloadSummary known = there.results().workload();
        if (!known.equals(workload)) {
            throw another(describe(known), describe(workload));
        }
        for (RunSummary run : there.results().runs()) {
            if (run.nodes() != terms.nodes() || !Objects.equals(run.slotsPerNode(), terms.slots())) {
                throw another(
                        run.nodes() + " nodes of " + run.slotsPerNode() + " slots",
                        terms.nodes() + " nodes of " + terms.slots() + " slots");
            }
            if (!Objects.equals(run.containerRuntime(), terms.containerRuntime())) {
                throw another(
                        "tasks in the container runtime '" + run.containerRuntime() + "'",
                        "'" + terms.containerRuntime() + "'");
            }
            if (!submissions.fit(there.jobs(run.scheduler()))) {
                throw another(
                        "the same jobs at other times",
                        String.format(Locale.ROOT, "jobs submitted within %.1f s", submissions.last()));
            }
        }
    }

    private IllegalArgumentException another(String there, String here) {
        return new IllegalArgumentException(
                folder.path() + " holds runs of " + there + ": expected another folder, or the same for " + here);
    }

    private static String describe(WorkloadSummary workload) {
        return "'" + workload.name() + "' of " + workload.jobs() + " jobs and " + workload.tasks() + " tasks"
                + (workload.seed() == null ? "" : ", seed " + workload.seed())
                + String.format(Locale.ROOT, ", %.1f s of service", workload.serviceSeconds());
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
            WholeFile.write(
                    folder.path().resolve(ApplicationsFile.NAME), draft -> ApplicationsFile.write(known, draft));
        }
        folder.write(comparison);
        String page = HtmlReport.render(comparison);
        WholeFile.write(folder.page(), draft -> Files.writeString(draft, page));
        return comparison;
    }

    /** What the real jobs met, by scheduler. */
    public Map<String, List<ApplicationRecord>> applications() throws IOException {
        return ApplicationsFile.read(folder.path().resolve(ApplicationsFile.NAME));
    }
}
