/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a real process. Only lower bounds of time are checked: a busy machine may take longer. */
class EmulatedTaskTest {

    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Path folder;
    private final EmulatedTask task;
    private final List<Process> started = new ArrayList<>();

    EmulatedTaskTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.task = EmulatedTask.install(folder);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itEndsWhenItHasServedExactlyWhatWasAsked() throws Exception {
        Stopwatch elapsed = Stopwatch.createStarted();
        Process process = start(425);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(elapsed.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(425));
        assertThat(folder.resolve("served")).hasContent("served 425");
        assertThat(folder.resolve("output")).isEmptyFile();
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("emulated-task.sh", "served", "output");
        }
    }

    @Test
    void timeFrozenIsNoService() throws Exception {
        Process process = start(400);
        Stopwatch running = Stopwatch.createStarted();
        for (int round = 0; round < 3; round++) {
            signal(process, "STOP");
            running.stop();
            // The pause must be real time: it is the clock of the frozen process that is tried here.
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            running.start();
            signal(process, "CONT");
            TimeUnit.MILLISECONDS.sleep(80);
        }

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(running.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(folder.resolve("served")).hasContent("served 400");
    }

    @Test
    void aTaskFrozenForLongerThanItsServiceHasStillAllToDo() throws Exception {
        Process process = start(200);
        signal(process, "STOP");
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(process.isAlive()).isTrue();
        assertThat(folder.resolve("served")).doesNotExist();

        signal(process, "CONT");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("served")).hasContent("served 200");
    }

    @Test
    void itIsEndedByTermAtOnce() throws Exception {
        Process process = start(600_000);
        await().until(() -> process.info().commandLine().orElse("").contains("600000"));
        process.destroy();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("served")).doesNotExist();
    }

    @Test
    void theContainerCommandPassesTwoShells() {
        assertThat(task.launchContext(0.0501).getCommands())
                .containsExactly("exec /bin/bash " + folder.resolve("emulated-task.sh") + " 50");
        assertThat(task.launchContext(0.0001).getCommands().get(0)).endsWith(" 1");
    }

    @Test
    void aFolderThatAShellWouldReadOtherwiseIsRefused() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("my $HOME"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EmulatedTask.install(odd))
                .withMessageContaining("expected no blanks or special characters");
    }

    @Test
    void aBashTooOldIsRefusedBeforeAnyTaskStarts() throws IOException {
        Path old = Files.writeString(folder.resolve("old-bash"), "#!/bin/sh\necho 4.4.20\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EmulatedTask.requireBash(old.toString()))
                .withMessage("emulated tasks: found " + old + " of version '4.4.20', expected 5 or later");
    }

    @Test
    void aTaskWithoutItsClockFailsAtOnce() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        "/bin/bash", "-c", "unset EPOCHREALTIME; set -- 600000; . " + task.script())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(69);
        assertThat(output).content().contains("expected bash 5 or later");
    }

    private Process start(int milliseconds) throws IOException {
        Process process = new ProcessBuilder(
                        "/bin/bash",
                        task.script().toString(),
                        String.valueOf(milliseconds),
                        folder.resolve("served").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/bash", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }
}
