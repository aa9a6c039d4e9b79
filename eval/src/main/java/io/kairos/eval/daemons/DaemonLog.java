/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a daemon's log says of its end. */
final class DaemonLog {
    private static final int MOST_CHARACTERS = 300;
    private static final Pattern ERROR = Pattern.compile("(Exception|Error): \\S|^Error: ");

    private DaemonLog() {}

    /** The line that tells best why it ended: the last one with an error's own words, else the last of all. */
    static String lastError(Path log) {
        List<String> lines;
        try {
            lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                    .toList();
        } catch (IOException e) {
            return "it left no log";
        }
        String found = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        for (String line : lines) {
            if (ERROR.matcher(line).find()) {
                found = line;
            }
        }
        return found.length() > MOST_CHARACTERS ? found.substring(0, MOST_CHARACTERS) + "..." : found;
    }
}
