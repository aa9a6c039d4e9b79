/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kairos.eval.files.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** alone.json: the figures of each real job with a cluster to itself, by its name. */
public final class AloneFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;

    public AloneFile(Path folder) {
        file = folder.resolve("alone.json");
    }

    /** What is known; nothing if there is no such file. */
    public Map<String, AloneFigures> read() throws IOException {
        if (!Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            return MAPPER.readValue(
                    Files.readString(file), new TypeReference<LinkedHashMap<String, AloneFigures>>() {});
        } catch (JacksonException e) {
            throw new IOException(
                    file + ": expected the figures of jobs that ran alone: "
                            + e.getOriginalMessage().lines().findFirst().orElse("malformed"),
                    e);
        }
    }

    public void write(Map<String, AloneFigures> figures) throws IOException {
        ResultsFile.writeJson(figures, file);
    }
}
