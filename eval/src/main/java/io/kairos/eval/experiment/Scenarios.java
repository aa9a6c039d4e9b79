/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenarios that ship, and those of users. */
public final class Scenarios {
    /** Those that ship, in the order in which they are shown. */
    public static final List<String> SHIPPED = List.of(
            "cluster",
            "slowdown",
            "google-load",
            "yahoo-load",
            "long-jobs",
            "ablation",
            "job-aware",
            "sensitivity",
            "light-tail",
            "systems",
            "estimates");

    private Scenarios() {}

    /**
     * One that ships.
     *
     * @throws ScenarioException if it cannot be used
     */
    public static Scenario shipped(String name) throws IOException {
        String file = name + ".json";
        try (InputStream resource = Scenarios.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is missing from the class path");
            }
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8), file);
        }
    }

    /**
     * One from a file.
     *
     * @throws ScenarioException if it cannot be used
     */
    public static Scenario read(Path file) throws IOException {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new ScenarioException(file.toString(), "no text in UTF-8, expected JSON");
        }
    }

    static Scenario parse(String text, String file) throws ScenarioException {
        ScenarioFile scenario = ScenarioJson.read(text, file);
        try {
            return scenario.scenario();
        } catch (IllegalArgumentException e) {
            ScenarioException told = new ScenarioException(file, String.valueOf(e.getMessage()));
            told.initCause(e);
            throw told;
        }
    }
}
