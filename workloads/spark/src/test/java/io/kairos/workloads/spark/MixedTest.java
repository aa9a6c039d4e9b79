/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Spark jobs of the mix that comes with this project. */
class MixedTest {
    private static final Path MIX = Path.of("../src/main/resources/io/kairos/workloads/mix/mixed.json");

    @Test
    void everySparkJobIsOneThatThereIs() throws IOException {
        int sparkJobs = 0;
        for (JsonNode job : new ObjectMapper().readTree(MIX.toFile())) {
            if (!job.get("framework").asText().equals("spark")) {
                continue;
            }
            sparkJobs++;
            List<String> arguments = new ArrayList<>();
            job.get("job").forEach(argument -> arguments.add(argument.asText()));
            String[] all = arguments.toArray(String[]::new);
            JobKind kind = JobKind.named(all);
            assertThat(kind.create(kind.parse(all))).isNotNull();
        }
        assertThat(sparkJobs).isGreaterThan(5);
    }
}
