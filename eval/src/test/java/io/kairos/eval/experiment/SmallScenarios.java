/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.experiment.ExperimentResult.PartResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Scenarios that run in a moment. */
final class SmallScenarios {
    /** A sweep with a baseline, a published value and a figure. */
    static final String SWEEP =
            """
            {
              "name": "small",
              "title": "A small sweep",
              "question": "Does it work?",
              "workload": {"generator": "paper", "jobs": 30, "load": 0.9, "slots": 32},
              "cluster": {"nodes": 8, "slots": 4},
              "policies": ["eagle", "kairos"],
              "baseline": "eagle",
              "sweep": {"setting": "nodes", "values": [6, 8]},
              "published": [
                {"policy": "kairos", "metric": "classes.short.completionTime.p99", "against": "eagle", "value": 0.5,
                 "source": "somewhere"},
                {"policy": "kairos", "at": 8, "metric": "slowdown.max", "value": 0.5, "source": "nowhere"}
              ],
              "figure": {"metrics": ["classes.short.completionTime.p99"], "ratio": true, "log": true},
              "metrics": ["classes.short.completionTime.p99", "preemptions"]
            }
            """;

    private SmallScenarios() {}

    static ExperimentResult run(String scenario, int threads) throws IOException, InterruptedException {
        return run(scenario, threads, new ArrayList<>());
    }

    static ExperimentResult run(String scenario, int threads, List<String> progress)
            throws IOException, InterruptedException {
        Scenario parsed = Scenarios.parse(scenario, "test");
        return new ExperimentRunner(threads, progress::add).run(parsed, parsed.seeds(), 1);
    }

    static ExperimentResult.Row row(PartResult part, String policy, String value) {
        return part.rows().stream()
                .filter(row -> row.policy().equals(policy) && value.equals(row.value()))
                .findFirst()
                .orElseThrow();
    }
}
