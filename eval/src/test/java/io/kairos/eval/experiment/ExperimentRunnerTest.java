/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.kairos.eval.experiment.ExperimentResult.Figure;
import io.kairos.eval.experiment.ExperimentResult.PartResult;
import io.kairos.eval.files.ResultsFile;
import io.kairos.workloads.format.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunnerTest {
    private static final String SHORT_P99 = "classes.short.completionTime.p99";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String json(ExperimentResult result) throws IOException {
        Path file = folder.resolve("result.json");
        ResultsFile.writeJson(ExperimentResults.of(null, List.of(result), null, Map.of()), file);
        return Files.readString(file);
    }

    private static Figure figure(PartResult part, String policy, String value, String metric) {
        return Objects.requireNonNull(
                SmallScenarios.row(part, policy, value).figures().get(metric));
    }

    @Test
    void oneThreadGivesTheSameBytesAsMany() throws Exception {
        String one = json(SmallScenarios.run(SmallScenarios.SWEEP, 1));
        assertThat(json(SmallScenarios.run(SmallScenarios.SWEEP, 4))).isEqualTo(one);
        assertThat(one).doesNotContain("wall").contains("\"bySeed\"");
    }

    @Test
    void eachPolicyHasARowAtEachValueWithTheCostToLongJobs() throws Exception {
        PartResult part = SmallScenarios.run(SmallScenarios.SWEEP, 2).parts().get(0);
        assertThat(part.rows())
                .extracting(row -> row.value() + " " + row.policy())
                .containsExactly("6 eagle", "6 kairos", "8 eagle", "8 kairos");
        assertThat(part.rows()).allSatisfy(row -> assertThat(row.figures())
                .containsOnlyKeys(
                        SHORT_P99,
                        "preemptions",
                        "classes.long.completionTime.p99",
                        "classes.long.completionTime.cvar95"));
        assertThat(part.jobs()).isEqualTo(30);
        assertThat(part.cluster()).containsEntry("nodes", 8L).containsEntry("eagle-compat", false);
        assertThat(part.chosen()).containsExactly("nodes", "slots");
    }

    @Test
    void ratiosAreOfTheSameSeeds() throws Exception {
        PartResult part = SmallScenarios.run(SmallScenarios.SWEEP, 2).parts().get(0);
        Figure eagle = figure(part, "eagle", "6", SHORT_P99);
        Figure kairos = figure(part, "kairos", "6", SHORT_P99);
        double eagleSum =
                eagle.bySeed().stream().mapToDouble(Double::doubleValue).sum();
        double kairosSum =
                kairos.bySeed().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(eagle.ratio()).isNull();
        assertThat(Objects.requireNonNull(kairos.ratio()).mean()).isCloseTo(kairosSum / eagleSum, within(1e-12));
        assertThat(kairos.bySeed()).hasSize(5).doesNotHaveDuplicates();
        assertThat(figure(part, "kairos", "6", "preemptions").ratio())
                .as("Eagle preempts nothing")
                .isNull();
    }

    @Test
    void whatWasPublishedIsComparedWithTheBestOfTheSweepOrAtItsValue() throws Exception {
        PartResult part = SmallScenarios.run(SmallScenarios.SWEEP, 2).parts().get(0);
        double six = ratio(part, "6");
        double eight = ratio(part, "8");
        assertThat(part.published()).hasSize(2);
        assertThat(part.published().get(0)).satisfies(best -> {
            assertThat(best.best()).isTrue();
            assertThat(best.at()).isEqualTo(six <= eight ? "6" : "8");
            assertThat(best.measured().mean()).isEqualTo(Math.min(six, eight));
        });
        assertThat(part.published().get(1)).satisfies(slowdown -> {
            assertThat(slowdown.best()).isFalse();
            assertThat(slowdown.at()).isEqualTo("8");
            assertThat(slowdown.measured().mean()).isGreaterThan(1);
            assertThat(slowdown.reached()).as("nothing is faster than alone").isFalse();
        });
    }

    private static double ratio(PartResult part, String value) {
        return Objects.requireNonNull(figure(part, "kairos", value, SHORT_P99).ratio())
                .mean();
    }

    @Test
    void runsThatAreTheSameAreMadeOnce() throws Exception {
        List<String> progress = new ArrayList<>();
        SmallScenarios.run(
                """
                {"name": "a", "title": "t", "question": "q", "workload": {"generator": "paper", "jobs": 5},
                 "policies": ["fifo", "kairos"],
                 "sweep": {"option": "tie", "of": ["kairos"], "values": ["sum", "oldest", "random"]}}
                """,
                2,
                progress);
        assertThat(progress).startsWith("a: 20 runs").endsWith("a: 20 of 20 runs");
    }

    @Test
    void aFixedTraceUnderAPolicyWithoutChanceHasNoSpread() throws Exception {
        Path trace = Files.writeString(
                folder.resolve("x.tr"), "0 2 5 4 6\n1 1 100 100\n2 3 2 1 2 3\n3 1 1 1\n4 2 50 50 50\n");
        ExperimentResult result = SmallScenarios.run(
                """
                {"name": "a", "title": "t", "question": "q", "workload": {"trace": "tr:%s", "cutoff": 20},
                 "cluster": {"nodes": 2, "slots": 1, "short-reserved": 0}, "policies": ["kairos", "sparrow"]}
                """
                        .formatted(trace),
                2);
        PartResult part = result.parts().get(0);
        assertThat(part.generated()).isFalse();
        Figure figure = Objects.requireNonNull(part.rows().get(0).figures().get(SHORT_P99));
        assertThat(figure.bySeed()).hasSize(5).containsOnly(figure.value().mean());
        assertThat(figure.value().low()).isNull();
        assertThat(String.join(" ", ExperimentTable.lines(result)))
                .contains("no spread")
                .contains("The trace is fixed");
    }

    @Test
    void aTraceThatIsMissingIsTold() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> SmallScenarios.run(
                        """
                        {"name": "a", "title": "t", "question": "q", "workload": {"trace": "tr:/no/such/file"},
                         "policies": ["fifo"]}
                        """,
                        2))
                .withMessageStartingWith("/no/such/file: no such file");
    }

    @Test
    void aDistributionIsOfTheJobsOfAllSeeds() throws Exception {
        PartResult part = SmallScenarios.run(
                        """
                        {"name": "a", "title": "t", "question": "q", "workload": {"generator": "paper", "jobs": 20},
                         "policies": ["fifo"], "metrics": ["slowdown.max"], "figure": {"distribution": "slowdown"}}
                        """,
                        2)
                .parts()
                .get(0);
        List<Double> drawn = Objects.requireNonNull(part.rows().get(0).distribution());
        Figure worst = Objects.requireNonNull(part.rows().get(0).figures().get("slowdown.max"));
        assertThat(drawn).hasSize(201).isSorted();
        assertThat(drawn.get(200))
                .isEqualTo(worst.bySeed().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow());
    }
}
