/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.demo.YarnRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentCommandTest {
    private static final String SCENARIO =
            """
            {"name": "own", "title": "An own one", "question": "q",
             "workload": {"generator": "paper", "jobs": 10}, "cluster": {"nodes": 4},
             "policies": ["fifo", "kairos"], "baseline": "fifo",
             "metrics": ["completionTime.p50"], "figure": {"metrics": ["completionTime.p50"], "ratio": true}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int execute(String... arguments) {
        Console console =
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        return KairosCommand.commandLine(YarnRun::new, console).execute(arguments);
    }

    private String scenario(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            experiment                              | expected an experiment, one of cluster, slowdown
            experiment nope                         | unknown experiment 'nope', expected one of cluster, slowdown
            experiment FILE --seeds 0               | --seeds 0: expected a whole number from 1
            experiment FILE --nodes 0               | --nodes 0: expected a whole number from 1
            experiment FILE --trace tr:/none        | /none: no such file
            experiment FILE --trace x               | trace 'x': expected FORMAT:PATH
            experiment FILE --out /dev/null/x       | --out /dev/null/x: expected a folder
            experiment FILE --json /no/such/dir/x   | --json /no/such/dir/x: expected a file
            experiment FILE --wrong                 | '--wrong'
            experiment FILE BAD --nodes 3           | --trace and --nodes: expected with one experiment
            experiment BAD                          | bad.json:1: unknown key 'colour', expected one of
            experiment FILE theory                  | expected nothing before 'theory'
            experiment --seeds 3 speed              | expected nothing before 'speed'
            """)
    void wrongUseIsOneLineAndStatusTwo(String line, String expected) throws IOException {
        String[] arguments = line.replace("FILE", scenario("own.json", SCENARIO))
                .replace("BAD", scenario("bad.json", "{\"colour\": 1}"))
                .split(" ", -1);

        assertThat(execute(arguments)).isEqualTo(2);
        String last =
                err.toString(UTF_8).lines().reduce((first, second) -> second).orElse("");
        assertThat(last).startsWith("kairos").contains(expected);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFileGivesATableJsonAndAPage() throws IOException {
        String file = scenario("own.json", SCENARIO);
        Path run = folder.resolve("run");
        Path json = folder.resolve("x.json");
        assertThat(execute("experiment", file, "--out", run.toString(), "--json", json.toString(), "--seed", "3"))
                .isZero();

        assertThat(out.toString(UTF_8))
                .contains("own: An own one")
                .contains("5 seeds, 3 to 7")
                .doesNotContainPattern("(?m)^.{81}");
        assertThat(err.toString(UTF_8)).contains("own: 10 of 10 runs");
        assertThat(Files.readString(run.resolve("results.json"))).isEqualTo(Files.readString(json));
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("<svg")
                .contains("An own one");
        assertThat(json(json).at("/experiments/0/parts/0/rows")).hasSize(2);

        Path again = folder.resolve("again.json");
        assertThat(execute("experiment", file, "--json", again.toString(), "--seed", "3"))
                .isZero();
        assertThat(Files.readString(again)).isEqualTo(Files.readString(json));
    }

    @Test
    void aTraceAndNodesTakeThePlaceOfTheScenariosOwn() throws IOException {
        Path trace = Files.writeString(folder.resolve("my.tr"), "5 2 5 4 6\n6 1 100 100\n");
        Path json = folder.resolve("x.json");
        String file = scenario("own.json", SCENARIO);
        assertThat(execute(
                        "experiment",
                        file,
                        "--trace",
                        "tr:" + trace,
                        "--nodes",
                        "2",
                        "--seeds",
                        "2",
                        "--json",
                        json.toString()))
                .isZero();
        JsonNode part = json(json).at("/experiments/0/parts/0");
        assertThat(part.get("workload").asText()).isEqualTo("my.tr (trace)");
        assertThat(part.get("tasks").asInt()).isEqualTo(3);
        assertThat(part.at("/cluster/nodes").asInt()).isEqualTo(2);
        assertThat(part.at("/rows/0/figures/completionTime.p50/bySeed")).hasSize(2);
    }

    @Test
    void oneOfSeveralThatFailsIsToldAndTheOthersRun() throws IOException {
        String bad = scenario("bad.json", "{\"colour\": 1}");
        String file = scenario("own.json", SCENARIO);
        Path run = folder.resolve("run");
        assertThat(execute("experiment", bad, file, "--out", run.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("kairos experiment: " + bad + ": " + bad + ":1: unknown key 'colour'");
        assertThat(out.toString(UTF_8)).contains("own: An own one");
        assertThat(json(run.resolve("results.json")).get("experiments")).hasSize(1);
        assertThat(json(run.resolve("results.json")).get("failures")).hasSize(1);
        assertThat(Files.readString(run.resolve("report.html"))).contains("gave no result");
    }

    @Test
    void nothingOfAnEarlierExperimentIsLeftWhenOneFails() throws IOException {
        Path run = folder.resolve("run");
        assertThat(execute("experiment", scenario("own.json", SCENARIO), "--out", run.toString()))
                .isZero();
        assertThat(execute("experiment", scenario("own.json", SCENARIO), "--out", run.toString(), "--trace", "tr:/no"))
                .isEqualTo(2);
        assertThat(run.resolve("results.json")).doesNotExist();
        assertThat(run.resolve("report.html")).doesNotExist();
    }
}
