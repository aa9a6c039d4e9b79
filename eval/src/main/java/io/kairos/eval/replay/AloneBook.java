/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kairos.eval.files.ResultsFile;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.workloads.mix.JobTemplate;
import io.kairos.workloads.mix.MixedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of each real job with a cluster to itself, for one cluster; kept in alone.json with those for others. Not thread-safe.
 */
public final class AloneBook {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final RunTerms terms;
    private final Map<String, AloneFigures> figures;

    private AloneBook(Path file, RunTerms terms, Map<String, AloneFigures> figures) {
        this.file = file;
        this.terms = terms;
        this.figures = figures;
    }

    /**
     * What is known in this folder; nothing if there is no such file.
     *
     * @param terms on what cluster
     */
    public static AloneBook of(Path folder, RunTerms terms) throws IOException {
        Path file = folder.resolve("alone.json");
        if (!Files.exists(file)) {
            return new AloneBook(file, terms, new LinkedHashMap<>());
        }
        try {
            return new AloneBook(
                    file,
                    terms,
                    MAPPER.readValue(
                            Files.readString(file), new TypeReference<LinkedHashMap<String, AloneFigures>>() {}));
        } catch (JacksonException e) {
            throw new IOException(
                    file + ": expected the figures of jobs that ran alone: "
                            + e.getOriginalMessage().lines().findFirst().orElse("malformed"),
                    e);
        }
    }

    /** Whether there are figures of just this job on just these nodes. */
    public boolean knows(JobTemplate job) {
        return figures.containsKey(terms.aloneOf(job));
    }

    /**
     * Makes sure that there are figures of all jobs: where they were run before, none is to be found anew, and take another time.
     *
     * @throws IllegalArgumentException one line: of which there are none
     */
    public AloneBook require(List<MixedJob> jobs) {
        for (MixedJob job : jobs) {
            if (!knows(job.template())) {
                throw new IllegalArgumentException(
                        file + ": does not know job '" + job.template().name()
                                + "' as it is now, and there are runs beside it: expected another folder, or the jobs of these runs");
            }
        }
        return this;
    }

    /** Takes the figures of a job, and writes the file. */
    public void learn(JobTemplate job, AloneFigures found) throws IOException {
        figures.put(terms.aloneOf(job), found);
        ResultsFile.writeJson(figures, file);
    }

    /** The figures of a job that is known. */
    public AloneFigures figures(JobTemplate job) {
        AloneFigures known = figures.get(terms.aloneOf(job));
        if (known == null) {
            throw new IllegalStateException(job.name() + " was not run alone");
        }
        return known;
    }

    /** All of these jobs, which are known, as a workload. */
    public WorkloadSummary workload(String name, List<MixedJob> jobs, long seed) {
        return new WorkloadSummary(
                name,
                jobs.size(),
                jobs.stream()
                        .mapToInt(job -> figures(job.template()).taskCount())
                        .sum(),
                seed,
                jobs.stream()
                        .mapToDouble(job -> figures(job.template()).slotSeconds())
                        .sum());
    }
}
