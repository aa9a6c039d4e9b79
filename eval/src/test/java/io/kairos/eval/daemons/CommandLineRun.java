/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a user does, each a process with its output in a file. */
final class CommandLineRun {
    /** The project's root, from a module's folder. */
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final long LIMIT_MINUTES = 10;

    private final Path folder;

    /** @param folder where commands run */
    CommandLineRun(Path folder) {
        this.folder = folder;
    }

    /** How a command ended, and all it said. */
    record Outcome(int status, String output) {}

    /** The program of this project, on the classes of this build. */
    Outcome kairos(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Daemon.javaProgram(),
                "-Xmx256m",
                "-Dkairos.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                "io.kairos.eval.cli.KairosMain"));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /** Any command; killed if it takes too long. */
    Outcome run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError(command + " takes too long:\n" + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
