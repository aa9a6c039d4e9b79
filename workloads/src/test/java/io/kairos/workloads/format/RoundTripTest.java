/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written is read the same. */
class RoundTripTest {

    /** A job without its number. */
    private record Drawn(String name, double submitTime, JobClass jobClass, List<Stage> stages) {}

    @Property(tries = 200)
    void csvHoldsAllOfAWorkload(@ForAll("jobs") List<Drawn> drawn) throws IOException {
        Path file = Files.createTempFile("kairos", ".csv");
        try {
            List<Job> jobs = new ArrayList<>();
            for (Drawn each : drawn) {
                int id = jobs.size() + 1;
                jobs.add(new Job(id, each.name() + id, each.submitTime(), each.jobClass(), each.stages()));
            }
            Workload workload = new Workload(TraceJobs.fileName(file), 0, jobs);

            TraceFormat.CSV.write(workload, file);

            assertThat(TraceFormat.CSV.read(file)).isEqualTo(workload);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void trHoldsTimesAndTasks(@ForAll("jobs") List<Drawn> drawn) throws IOException {
        Path file = Files.createTempFile("kairos", ".tr");
        try {
            List<Job> jobs = new ArrayList<>();
            for (Drawn each : drawn.stream()
                    .sorted((a, b) -> Double.compare(a.submitTime(), b.submitTime()))
                    .toList()) {
                int id = jobs.size() + 1;
                jobs.add(new Job(
                        id,
                        "job-" + id,
                        each.submitTime(),
                        JobClass.SHORT,
                        List.of(each.stages().get(0))));
            }
            Workload workload = TraceJobs.classified(file, jobs);

            TraceFormat.TR.write(workload, file);

            assertThat(TraceFormat.TR.read(file)).isEqualTo(workload);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void jobsOfOneNameStayTwoJobs() throws IOException {
        Path file = Files.createTempFile("kairos", ".csv");
        try {
            List<Stage> stages = List.of(Stage.of(1));
            TraceFormat.CSV.write(
                    new Workload(
                            "twins",
                            0,
                            List.of(
                                    new Job(1, "a", 0, JobClass.LONG, stages),
                                    new Job(2, "a-3", 0, JobClass.LONG, stages),
                                    new Job(3, "a", 0, JobClass.LONG, stages))),
                    file);

            assertThat(TraceFormat.CSV.read(file).jobs()).extracting(Job::name).containsExactly("a", "a-3", "a-3-3");
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<Drawn>> jobs() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("abz019-_,;\"'# \t\n\r\u00e9\u4e2d")
                .ofMinLength(1)
                .ofMaxLength(12);
        // Few times, so that many jobs are of the same one.
        Arbitrary<Double> times = Arbitraries.oneOf(
                Arbitraries.of(0.0, 1.0, 0.1),
                Arbitraries.doubles().between(0, 3e8).ofScale(9));
        Arbitrary<Stage> stages = Arbitraries.doubles()
                .between(1e-9, 3e8)
                .ofScale(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list ->
                        Stage.of(list.stream().mapToDouble(Double::doubleValue).toArray()));
        return Combinators.combine(
                        names,
                        times,
                        Arbitraries.of(JobClass.class),
                        stages.list().ofMinSize(1).ofMaxSize(3))
                .as(Drawn::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
