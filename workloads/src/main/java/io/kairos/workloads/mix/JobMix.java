/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Throwables;
import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.RandomAdaptor;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.jspecify.annotations.Nullable;

/**
 * Real jobs and how often each occurs. Its file is a JSON array of {@link JobTemplate}s.
 *
 * @param name of the mix
 */
public record JobMix(String name, List<JobTemplate> jobs) {
    /** Memory that a task of the shipped mix asks for, executors with what YARN adds, mebibytes. */
    public static final int SHIPPED_TASK_MEMORY_MB = 4608;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws IllegalArgumentException one line: it is empty, or two jobs have one name */
    public JobMix {
        if (jobs.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("expected jobs, found null");
        }
        jobs = List.copyOf(jobs);
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one job");
        }
        if (jobs.stream().map(JobTemplate::name).distinct().count() < jobs.size()) {
            throw new IllegalArgumentException("expected each job's name once");
        }
    }

    /** The mix of short and long Spark and MapReduce jobs that comes with this project; they check their own results. */
    public static JobMix shipped() {
        try {
            return parse(
                    "mixed",
                    Resources.toString(Resources.getResource(JobMix.class, "mixed.json"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("mixed.json is part of this jar", e);
        }
    }

    /** @throws IOException one line that names the file: it cannot be read, or what is wrong in it */
    public static JobMix read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": expected a mix of jobs in JSON, found no UTF-8", e);
        } catch (FileSystemException e) {
            throw e; // it names the file
        } catch (IOException e) {
            throw new IOException(file + ": expected a mix of jobs in JSON: " + e.getMessage(), e);
        }
        try {
            return parse(String.valueOf(file.getFileName()).replaceFirst("\\.json$", ""), text);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String found = String.valueOf(Throwables.getRootCause(e).getMessage())
                    .lines()
                    .findFirst()
                    .orElse("malformed");
            throw new IOException(file + ":" + line + ": expected a mix of jobs: " + found, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static JobMix parse(String name, String text) throws JacksonException {
        JobTemplate @Nullable [] jobs = MAPPER.readValue(text, JobTemplate[].class);
        // Not a list that refuses null before anybody can say where it is.
        return new JobMix(name, jobs == null ? List.of() : Arrays.asList(jobs));
    }

    /**
     * A workload: every job as often as its share says, rounded by largest remainder, so that seeds differ in order and times only;
     * at exponential inter-arrival times, the first at 0.
     *
     * @param count number of jobs
     * @param meanGapSeconds between two submissions; 0 has all of them at once
     */
    public List<MixedJob> plan(int count, double meanGapSeconds, long seed) {
        RandomGenerator random = new Well19937c(seed);
        List<JobTemplate> order = new ArrayList<>(apportioned(count));
        Collections.shuffle(order, RandomAdaptor.createAdaptor(random));
        ExponentialDistribution gaps = new ExponentialDistribution(random, 1);
        List<MixedJob> planned = new ArrayList<>(count);
        double time = 0;
        for (JobTemplate job : order) {
            planned.add(new MixedJob(planned.size() + 1, job, time));
            time += Math.round(meanGapSeconds * gaps.sample() * 1000) / 1000.0;
        }
        return planned;
    }

    private List<JobTemplate> apportioned(int count) {
        double total = jobs.stream().mapToDouble(JobTemplate::share).sum();
        List<JobTemplate> all = new ArrayList<>(count);
        for (JobTemplate job : jobs) {
            all.addAll(Collections.nCopies((int) (job.share() / total * count), job));
        }
        jobs.stream()
                .sorted(Comparator.comparingDouble(job -> -remainder(job.share() / total * count)))
                .limit(count - all.size())
                .forEach(all::add);
        return all;
    }

    private static double remainder(double value) {
        return value - Math.floor(value);
    }
}
