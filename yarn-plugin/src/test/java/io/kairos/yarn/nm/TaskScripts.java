/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the tasks of a test run: bash scripts in a folder of the test. Its path marks their processes, so that what is left of them
 * is found by command line.
 */
final class TaskScripts {
    private final Path folder;

    TaskScripts(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** A task that appends 1, 2, 3 and so on to its output, a line each, until {@link #stopCounting}. */
    String counter(String name) throws IOException {
        return script(
                name,
                "n=0",
                "while [ ! -e " + folder + "/stop ]; do",
                "  n=$((n + 1))",
                "  echo $n >> " + output(name),
                "  sleep 0.01",
                "done",
                "echo end >> " + output(name));
    }

    /** The command that runs a script of these lines. */
    String script(String name, String... lines) throws IOException {
        Path file = folder.resolve(name + ".sh");
        Files.write(file, List.of(lines));
        return "bash " + file;
    }

    Path output(String name) {
        return folder.resolve(name + ".out");
    }

    List<String> outputLines(String name) throws IOException {
        try {
            return Files.readAllLines(output(name));
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    void stopCounting() throws IOException {
        Files.createFile(folder.resolve("stop"));
    }

    /** Each number there once and in order, then the end. */
    void assertCountedExactly(String name) throws IOException {
        List<String> lines = outputLines(name);
        List<String> expected = new ArrayList<>(
                IntStream.range(1, lines.size()).mapToObj(Integer::toString).toList());
        expected.add("end");
        assertThat(lines).isEqualTo(expected);
    }

    /** Processes of these scripts that live, each as pid, state and command line. */
    List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path process : entries.toList()) {
                if (Character.isDigit(process.getFileName().toString().charAt(0))) {
                    describe(process, found);
                }
            }
        }
        return found;
    }

    /** Those of them that a signal has stopped. */
    List<String> stoppedProcesses() throws IOException {
        return processes().stream().filter(process -> process.contains(" T ")).toList();
    }

    private void describe(Path process, List<String> found) {
        try {
            String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            if (command.contains(folder.toString())) {
                String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
                char state = stat.charAt(stat.lastIndexOf(')') + 2);
                found.add(process.getFileName() + " " + state + " " + command.replace('\0', ' '));
            }
        } catch (IOException ended) {
            // It ended between the listing and the reading.
        }
    }
}
