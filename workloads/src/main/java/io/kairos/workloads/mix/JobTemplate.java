/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kairos.workloads.model.JobClass;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A real job that may occur several times in a workload.
 *
 * @param name a word of letters, digits, dots and hyphens
 * @param jobClass the class it is reported under
 * @param options of the program that submits it, before the job's name
 * @param job its name and what it takes
 * @param share of all jobs; what counts is how they compare
 */
public record JobTemplate(
        String name,
        @JsonProperty("class") JobClass jobClass,
        Framework framework,
        List<String> options,
        List<String> job,
        double share) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]+");

    /** @throws IllegalArgumentException one line: what is missing or wrong */
    public JobTemplate {
        require(name != null && NAME.matcher(name).matches(), name, "name", "a word of letters, digits, . and -");
        require(jobClass != null, name, "class", "short or long");
        require(framework != null, name, "framework", "spark or mapreduce");
        options = options == null ? List.of() : options;
        require(options.stream().noneMatch(Objects::isNull), name, "options", "words, found null");
        require(
                job != null && !job.isEmpty() && job.stream().noneMatch(Objects::isNull),
                name,
                "job",
                "the job's name and its arguments");
        require(share > 0 && share < Double.POSITIVE_INFINITY, name, "share", "a number above 0");
        options = List.copyOf(options);
        job = List.copyOf(job);
    }

    private static void require(boolean holds, String name, String key, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("job '" + name + "': " + key + ": expected " + expected);
        }
    }
}
