/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.workloads.format.TraceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenariosTest {
    private static final String BEGIN =
            """
            {
              "name": "a", "title": "t", "question": "q",
              "workload": {"generator": "paper"},
              "policies": ["fifo", "kairos"]
            """;

    private static Scenario parse(String rest) throws ScenarioException {
        return Scenarios.parse(BEGIN + rest + "}", "file.json");
    }

    /** The keys begin in line 5; a bar ends a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
            , "colour": 1                                       ; file.json:5: unknown key 'colour', expected one of baseline, cluster
            , "colour": 1|, "seeds": 5                          ; file.json:5: unknown key 'colour'
            , "seeds": 5|, "cluster": {|"node": 3}              ; file.json:7: cluster: unknown setting 'node', expected one of nodes, slots
            , "cluster": {|"nodes": 0}                          ; file.json:6: cluster: nodes 0: expected a whole number from 1 to 1000000
            , "cluster": {"nodes": 1.5}                         ; file.json:5: cluster: nodes 1.5: expected a whole number
            , "cluster": {"quantum": "x"}                       ; file.json:5: cluster: quantum x: expected a number from 0.001
            , "cluster": {"eagle-compat": 1}                    ; file.json:5: cluster: eagle-compat 1: expected true or false
            , "cluster": {"load": 1}                            ; file.json:5: cluster: load: expected in the workload
            , "cluster": 3                                      ; file.json:5: cluster: expected an object with settings
            , "cluster": {"preemption-cost": 60}                ; file.json: cluster: a preemption costs 60.0 s and the quantum is 50.0 s
            , "cluster": {"nodes": 9999, "slots": 256}          ; file.json: workload: nodes 9999 of 256 slots: expected at most 1000000
            , "policies": ["fifo"]                              ; file.json:5: expected JSON: Duplicate field 'policies'
            , "colour": 1,|"seeds": 5|                          ; file.json:5: unknown key 'colour'
            , "seeds": 5|, "published": [|{"policy": "fifo"|}]| ; file.json:7: published[0]: expected policy, metric
            , "seeds": 4                                        ; file.json: seeds: 4, expected a whole number from 5 to 1000
            , "seeds": "many"                                   ; file.json:5: seeds: expected a whole number
            , "seeds": 5.5                                      ; file.json:5: seeds: expected a whole number
            , "metrics": ["p99"]                                ; file.json:5: metrics[0]: unknown metric 'p99', expected one of utilisation
            , "metrics": ["slowdown.p98"]                       ; file.json:5: metrics[0]: unknown metric 'slowdown.p98'
            , "metrics": [null]                                 ; file.json:5: metrics
            , "metrics": "slowdown.p99"                         ; file.json:5: metrics: expected a list
            , "baseline": "las"                                 ; file.json: baseline: 'las', expected one of the policies fifo, kairos
            , "sweep": {"setting": "nodes"}                     ; file.json:5: sweep: values: expected at least one, and each once
            , "sweep": {"setting": "nodes", "values": [3, 3]}   ; file.json:5: sweep: values: expected at least one, and each once
            , "sweep": {"setting": "nodes", "values": [3, 0]}   ; file.json: sweep: nodes 0: expected a whole number
            , "sweep": {"setting": "knob", "values": [3]}       ; file.json:5: sweep.setting: unknown setting 'knob'
            , "sweep": {"values": [3]}                          ; file.json:5: sweep: setting and option: expected one of the two
            , "sweep": {"option": "tie", "values": [3]}         ; file.json:5: sweep: of: expected with an option
            , "sweep": {"option": "tie", "of": ["las"], "values": ["sum"]}    ; file.json: sweep.of: 'las', expected one of the policies
            , "sweep": {"option": "tie", "of": ["kairos"], "values": ["x"]}   ; file.json: sweep: unknown tie-break 'x'
            , "published": [{"policy": "fifo"}]                 ; file.json:5: published[0]: expected policy, metric, source
            , "published": [{"policy": "las", "metric": "slowdown.max", "value": 1, "source": "s"}] ; file.json: published[0].policy: 'las', expected
            , "published": [{"policy": "fifo", "at": 3, "metric": "slowdown.max", "value": 1, "source": "s"}] ; file.json: published[0].at: '3', expected a value of the sweep
            , "figure": {"metrics": ["slowdown.p99"], "ratio": true} ; file.json: figure: ratios, expected a baseline
            , "figure": {"metrics": ["slowdown.p99"]}           ; file.json: figure.metrics: expected only such as are among
            , "figure": {"distribution": "weight"}              ; file.json:5: figure.distribution: unknown figure 'weight'
            , "figure": {}                                      ; file.json:5: figure: metrics and distribution: expected one of the two
            , "parts": []                                       ; file.json: parts: expected at least one
            , "parts": [{}, {"baseline": "las"}]                ; file.json: parts[1].baseline: 'las', expected one of
            , "parts": [{"seeds": 7}]                           ; file.json:5: unknown key 'parts[0].seeds', expected one of baseline
            ,                                                   ; file.json:5: expected JSON: Unexpected character
            """)
    void whatIsWrongIsToldInOneLine(String rest, String expected) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> parse(rest.replace('|', '\n')))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
            {}                                                      ; x: name: missing, expected text
            {"name": "A b"}                                         ; x: name: 'A b', expected a word of small letters
            {"name": "a", "title": "t", "question": " "}            ; x: question: missing, expected text
            {"name": "a", "title": "t", "question": "q"}            ; x: workload: missing
            {"name": "a", "title": "t", "question": "q", "workload": {"generator": "paper"}} ; x: policies: missing
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {}} ; x: workload: expected a generator or a trace
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {"trace": "tr:x", "jobs": 3}} ; x: workload: expected either
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {"trace": "x"}} ; x:1: workload.trace: trace 'x': expected FORMAT:PATH
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {"generator": "normal"}} ; x:1: workload.generator: unknown workload 'normal'
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {"generator": "paper", "jobs": 0}} ; x: workload: jobs: 0, expected 1
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo"], "workload": {"generator": "paper", "cutoff": -1}} ; x: workload: cutoff: -1.0
            {"name": "a", "title": "t", "question": "q", "policies": ["lottery"], "workload": {"generator": "paper"}} ; x:1: policies[0]: unknown policy 'lottery'
            {"name": "a", "title": "t", "question": "q", "policies": ["fifo", "fifo"], "workload": {"generator": "paper"}} ; x: policies: expected at least one, and each once
            {} {}                                                   ; x:1: expected the end of the file
            null                                                    ; x: expected a JSON object
            []                                                      ; x:1: expected an object with keys
            ``                                                      ; x:
            """)
    void whatIsMissingOrAltogetherWrongIsToldInOneLine(String text, String expected) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> Scenarios.parse(text, "x"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith(expected));
    }

    @Test
    void aFileThatIsNoTextIsToldInOneLine(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.json"), new byte[] {'{', (byte) 0xff});
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> Scenarios.read(file))
                .withMessage(file + ": no text in UTF-8, expected JSON");
        Files.writeString(file, BEGIN + "}", UTF_8);
        assertThat(Scenarios.read(file).name()).isEqualTo("a");
    }

    @Test
    void whatIsLeftOutIsAsUsual() throws IOException {
        Scenario scenario = parse("");
        assertThat(scenario.seeds()).isEqualTo(5);
        assertThat(scenario.parts()).singleElement().satisfies(part -> {
            assertThat(part.variants()).extracting(Variant::runs).containsExactly("fifo", "kairos");
            assertThat(part.variants().get(0).settings().nodes()).isEqualTo(30);
            assertThat(part.metrics()).contains(Metric.LONG_P99, Metric.LONG_CVAR95);
        });
    }

    @Test
    void partsTakeWhatTheyLeaveOutFromTheScenario() throws IOException {
        Scenario scenario = parse(
                """
                , "cluster": {"nodes": 9, "queue-bound": 1}, "baseline": "fifo",
                "parts": [
                  {"title": "one", "cluster": {"queue-bound": 2, "slots": 1}},
                  {"title": "two", "policies": ["las"], "baseline": "las"}
                ]
                """);
        Part one = scenario.parts().get(0);
        assertThat(one.title()).isEqualTo("one");
        assertThat(one.baseline()).isEqualTo("fifo");
        assertThat(one.variants().get(0).settings().nodes()).isEqualTo(9);
        assertThat(one.variants().get(0).settings().queueBound()).isEqualTo(2);
        assertThat(one.variants().get(0).settings().slotsPerNode()).isEqualTo(1);
        Part two = scenario.parts().get(1);
        assertThat(two.policies()).containsExactly("las");
        assertThat(two.variants().get(0).settings().queueBound()).isEqualTo(1);
    }

    @Test
    void aSweepOverNodesKeepsTheJobs() throws IOException {
        Part part = parse(", \"cluster\": {\"nodes\": 10}, \"sweep\": {\"setting\": \"nodes\", \"values\": [5, 20]}")
                .parts()
                .get(0);
        assertThat(part.variants())
                .extracting(variant -> variant.settings().nodes())
                .containsExactly(5, 5, 20, 20);
        assertThat(part.variants()).extracting(Variant::jobs).containsOnly(part.workload());
        assertThat(part.workload().describe()).isEqualTo("paper (generator paper, load 1.0 of 40 slots)");
    }

    @Test
    void anOptionIsVariedOfThosePoliciesThatTakeIt() throws IOException {
        Part part = parse(", \"sweep\": {\"option\": \"tie\", \"of\": [\"kairos\"], \"values\": [\"sum\", \"oldest\"]}")
                .parts()
                .get(0);
        assertThat(part.variants())
                .extracting(Variant::runs)
                .containsExactly("fifo", "kairos:tie=sum", "fifo", "kairos:tie=oldest");
        assertThat(part.variants()).extracting(Variant::policy).containsExactly("fifo", "kairos", "fifo", "kairos");
    }

    @Test
    void theLoadIsVariedOfGeneratedJobsOnly() throws IOException {
        Scenario scenario = parse(", \"sweep\": {\"setting\": \"load\", \"values\": [0.5, 0.8]}");
        assertThat(scenario.parts().get(0).variants().get(3).jobs().describe()).contains("load 0.8 of 120");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario.replacedBy(TraceFormat.parse("tr:x")))
                .withMessage("sweep: load: expected a generated workload, not a trace");
    }

    @Test
    void otherNodesTakeThePlaceOfASweepOverThem() throws IOException {
        Scenario scenario = parse(
                        """
                , "sweep": {"setting": "nodes", "values": [5, 20]},
                "published": [
                  {"policy": "fifo", "at": 5, "metric": "slowdown.max", "value": 1, "source": "s"},
                  {"policy": "fifo", "metric": "slowdown.max", "value": 1, "source": "s"}
                ]
                """)
                .onNodes(7);
        Part part = scenario.parts().get(0);
        assertThat(part.variants()).extracting(Variant::value).containsOnly("7");
        assertThat(part.variants())
                .extracting(variant -> variant.settings().nodes())
                .containsOnly(7);
        assertThat(part.published()).hasSize(1);
    }
}
