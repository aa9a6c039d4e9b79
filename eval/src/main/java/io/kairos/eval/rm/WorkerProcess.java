/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.files.ScratchFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The other end of a {@link RmWorker}. Not thread-safe. */
final class WorkerProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path errors;
    private final Path folder;
    private final Writer commands;
    private final BufferedReader answers;

    private WorkerProcess(String name, Process process, Path folder, Path errors) {
        this.name = name;
        this.process = process;
        this.folder = folder;
        this.errors = errors;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it and waits until it is ready. */
    static WorkerProcess start(SchedulerUnderTest kind, int nodes, long seed) throws IOException {
        Path folder = Files.createTempDirectory("kairos-rm-");
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                RmWorker.class.getName(),
                kind.label(),
                Integer.toString(nodes),
                Long.toString(seed),
                folder.toString()));
        builder.redirectError(errors.toFile());
        WorkerProcess worker = new WorkerProcess(kind.label(), builder.start(), folder, errors);
        worker.answer(String.class);
        return worker;
    }

    <T> T ask(String command, Class<T> kind) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer(kind);
    }

    private <T> T answer(Class<T> kind) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(RmWorker.ANSWER)) {
                return RmWorker.JSON.readValue(line.substring(RmWorker.ANSWER.length()), kind);
            }
        }
        throw new IOException("the process of " + name + " ended: " + lastWords());
    }

    private String lastWords() {
        try {
            return Files.readAllLines(errors).stream()
                    .filter(line -> line.startsWith("Exception") || line.startsWith("Caused by"))
                    .reduce((one, next) -> next)
                    .orElse("it did not say why");
        } catch (IOException e) {
            return "its errors cannot be read: " + e.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        ScratchFolder.delete(folder);
    }
}
