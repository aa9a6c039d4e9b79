/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.upstream;

import io.kairos.yarn.rm.SettlingScheduler.Manner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A line of upstream-tests.txt: a test that does not run quite as it is.
 *
 * @param test simple class name, a hash, and the method's name
 * @param how what is done with it
 * @param reason why, for a reader
 */
record Listed(String test, How how, String reason) {
    private static final String RESOURCE = "/upstream-tests.txt";

    /** What is done with a listed test. */
    enum How {
        /** Runs; only the node that reports takes containers. */
        REPORTING,
        /** Runs; the node that reports takes one container. */
        ONE,
        /** Does not run. */
        EXCLUDED
    }

    Manner manner() {
        return switch (how) {
            case REPORTING -> Manner.REPORTING;
            case ONE -> Manner.ONE;
            case EXCLUDED -> Manner.FREELY;
        };
    }

    /** The whole list, by test. */
    static Map<String, Listed> all() {
        Map<String, Listed> listed = new TreeMap<>();
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.trim().split("\\s+", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException("upstream-tests.txt: expected TEST HOW REASON, was: " + line);
            }
            Listed entry = new Listed(parts[0], How.valueOf(parts[1]), parts[2]);
            if (listed.put(entry.test(), entry) != null) {
                throw new IllegalArgumentException("upstream-tests.txt: " + entry.test() + " stands there twice");
            }
        }
        return listed;
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Listed.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
