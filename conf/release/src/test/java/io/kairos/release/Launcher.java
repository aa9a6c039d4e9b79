/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a launcher with little else at hand: what it calls itself, and a Java if asked for; no Maven and no compiler. Not thread-safe. */
final class Launcher {
    private static final List<String> TOOLS = List.of("bash", "dirname", "env", "grep", "head", "readlink", "sed");

    private final Path tools;
    private final Path where;

    /** What a process left: its exit status and all it printed. */
    record Outcome(int status, String printed) {}

    /**
     * @param tools an empty folder
     * @param where the folder that commands are given in
     */
    Launcher(Path tools, Path where) throws IOException {
        this.tools = tools;
        this.where = where;
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
    }

    Launcher withJava() throws IOException {
        Files.createSymbolicLink(tools.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        return this;
    }

    Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        Process process =
                builder.directory(where.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), printed);
    }
}
