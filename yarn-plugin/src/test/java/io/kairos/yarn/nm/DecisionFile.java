/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.Container;

/** Reads the decision logs of a folder. */
record DecisionFile(Path folder) {
    private static final int EVENT = 2;
    private static final int TASK = 4;
    private static final int ATTAINED = 6;

    /** How often this was decided of the task. */
    long count(String event, Container task) throws IOException {
        return lines(event, task).size();
    }

    /** How often this was decided of any task. */
    long count(String event) throws IOException {
        return lines().stream().filter(line -> line[EVENT].equals(event)).count();
    }

    /** The attained service, milliseconds, that each decision of this kind shows. */
    List<Long> attained(String event, Container task) throws IOException {
        return lines(event, task).stream()
                .map(line -> Long.valueOf(line[ATTAINED]))
                .toList();
    }

    private List<String[]> lines(String event, Container task) throws IOException {
        return lines().stream()
                .filter(line -> line[EVENT].equals(event)
                        && line[TASK].equals(task.getId().toString()))
                .toList();
    }

    private List<String[]> lines() throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split(",", -1);
                    if (fields.length > ATTAINED) { // the last line may be half written
                        lines.add(fields);
                    }
                }
            }
        }
        return lines;
    }
}
