/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files, results.json first of all. A null figure is left out, never written as null or 0. */
public final class ResultsFile {
    /** Its name in a run's folder. */
    public static final String NAME = "results.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A file of a later version may hold more figures than this one knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ResultsFile() {}

    /** Writes any record as JSON. */
    public static void writeJson(Object value, Path file) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(value) + "\n");
    }

    /** Reads results; the message of what is thrown is one line that names the file. */
    public static Results read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            Results results = MAPPER.readValue(text, Results.class);
            if (results == null || results.workload() == null || results.runs() == null) {
                throw new IOException(file + ": expected a JSON object with workload and runs");
            }
            for (RunSummary run : results.runs()) {
                if (run.scheduler() == null || run.classes() == null || run.tasks() == null) {
                    throw new IOException(file + ": expected scheduler, classes and tasks in each run");
                }
            }
            return results;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String found = e.getOriginalMessage().lines().findFirst().orElse("malformed");
            throw new IOException(file + ":" + line + ": expected the JSON of a run's results: " + found, e);
        }
    }
}
