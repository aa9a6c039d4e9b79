/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import io.kairos.eval.files.ScratchFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The other end of an {@link SlsWorker}. */
final class SlsProcess {
    /** For its start and its end. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private SlsProcess() {}

    /**
     * Runs one scheduler through the workload.
     *
     * @param workload a synthetic trace
     * @param limit of the simulated time, which is real time; jobs that have not ended by then count as not ended
     * @throws IOException the process failed: its last words
     */
    static SlsRun run(SchedulerInSimulator kind, Path workload, Duration limit)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("kairos-sls-");
        try {
            Files.writeString(
                    folder.resolve("hosts"),
                    "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
            return run(kind, workload, folder, limit);
        } finally {
            ScratchFolder.delete(folder);
        }
    }

    private static SlsRun run(SchedulerInSimulator kind, Path workload, Path folder, Duration limit)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms2g",
                        "-Xmx3g",
                        // Nodes have names that do not exist: no name server is to be asked for them, thousands of
                        // times.
                        "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlsWorker.class.getName(),
                        kind.label(),
                        workload.toString(),
                        Long.toString(limit.toSeconds()),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(limit.plus(GRACE).toSeconds(), TimeUnit.SECONDS);
            Path figures = folder.resolve(SlsWorker.FIGURES);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(
                        "the simulation of " + kind.label() + (ended ? " failed: " : " hangs: ") + lastWords(output));
            }
            return SlsWorker.JSON.readValue(figures.toFile(), SlsRun.class);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String lastWords(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return lines.stream()
                .filter(line -> line.startsWith("Exception") || line.startsWith("Caused by"))
                .reduce((one, next) -> next)
                .orElseGet(() -> lines.isEmpty() ? "it did not say why" : lines.get(lines.size() - 1));
    }
}
