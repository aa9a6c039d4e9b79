/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The mix of jobs that comes with them. */
class MixedTest {

    private final List<JsonNode> jobs = jobs();

    @Test
    void everyJobIsOneThatThereIs() {
        for (JsonNode job : jobs) {
            List<String> arguments = new ArrayList<>();
            job.get("arguments").forEach(argument -> arguments.add(argument.asText()));
            String[] all = arguments.toArray(String[]::new);
            JobKind kind = JobKind.named(all);
            assertThat(kind.create(kind.parse(all))).isNotNull();
            assertThat(job.get("executors").asInt()).isBetween(1, 8);
            assertThat(job.get("cores").asInt()).isBetween(1, 4);
        }
        assertThat(jobs).extracting(job -> job.get("name").asText()).doesNotHaveDuplicates();
    }

    @Test
    void mostJobsAreShortAndMostWorkIsInLongOnes() {
        double shortJobs = sum("short", job -> number(job, "share"));
        double longJobs = sum("long", job -> number(job, "share"));
        assertThat(shortJobs + longJobs).isCloseTo(1, within(1e-9));
        assertThat(shortJobs).isBetween(0.85, 0.95);
        assertThat(sum("long", MixedTest::work)).isGreaterThan(2 * sum("short", MixedTest::work));
    }

    private double sum(String jobClass, ToDoubleFunction<JsonNode> quantity) {
        return jobs.stream()
                .filter(job -> job.get("class").asText().equals(jobClass))
                .mapToDouble(quantity)
                .sum();
    }

    private static double work(JsonNode job) {
        return number(job, "share") * number(job, "cpuSeconds");
    }

    private static double number(JsonNode job, String key) {
        assertThat(job.get(key).isNumber()).as("%s of %s", key, job).isTrue();
        return job.get(key).asDouble();
    }

    private static List<JsonNode> jobs() {
        List<JsonNode> jobs = new ArrayList<>();
        try {
            new ObjectMapper()
                    .readTree(SparkJob.class.getResource("mixed.json"))
                    .forEach(jobs::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return jobs;
    }
}
