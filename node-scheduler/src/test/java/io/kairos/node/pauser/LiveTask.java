/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real task: a shell script that leads a session of its own, as a node manager starts it, and all that it started. */
final class LiveTask implements AutoCloseable {
    /** Counts into the file $1 about every 2 ms, without starting a process for the wait. */
    static final String COUNTER =
            "count() { exec 9<> <(:); i=0; while :; do echo $((i+=1)) >> \"$1\"; read -rt 0.002 -u 9; done; }\n";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final String name;
    private final String mark = "KAIROS_TEST_MARK=" + UUID.randomUUID();
    private final Pauser pauser;
    private final Path folder;
    private final Process process;

    LiveTask(Pauser pauser, String name, Path folder, String script) throws IOException {
        this.pauser = pauser;
        this.name = name;
        this.folder = Files.createDirectories(folder.resolve(name));
        String join = pauser.prepare(name)
                .map(file -> "echo $$ > '" + file + "' || exit 9\n")
                .orElse("");
        ProcessBuilder builder =
                new ProcessBuilder("setsid", "bash", "-c", join + "touch started\n" + COUNTER + script);
        builder.directory(this.folder.toFile());
        builder.environment().put(mark.substring(0, mark.indexOf('=')), mark.substring(mark.indexOf('=') + 1));
        builder.redirectErrorStream(true)
                .redirectOutput(this.folder.resolve("output").toFile());
        this.process = builder.start();
        await("the task has started", () -> Files.exists(file("started")));
    }

    long pid() {
        return process.pid();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void pause() throws IOException {
        pauser.pause(name, pid());
    }

    void resume() throws IOException {
        pauser.resume(name, pid());
    }

    boolean isPaused() throws IOException {
        return pauser.isPaused(name, pid());
    }

    long size(String name) {
        return file(name).toFile().length();
    }

    void awaitGrowth(String name) {
        long before = size(name);
        await(name + " grows", () -> size(name) > before);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void signal(String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    void awaitEnd() {
        await("the first process ends", () -> !process.isAlive());
    }

    void assertUnbroken(String name) throws IOException {
        assertUnbroken(file(name));
    }

    /** The file holds 1, 2, 3 and so on: nothing was lost and nothing was done twice. */
    static void assertUnbroken(Path counter) throws IOException {
        List<String> lines = Files.readAllLines(counter);
        assertThat(lines.get(0)).isEqualTo("1");
        // The last line may still be in the making.
        List<String> complete = lines.subList(0, lines.size() - 1);
        assertThat(complete)
                .isEqualTo(IntStream.rangeClosed(1, complete.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    /** All processes this task ever started and that still live, wherever they went: they inherit the mark. */
    List<ProcessStat> processes() {
        ProcessTable table = new ProcessTable(Path.of("/proc"));
        try {
            return table.all().stream()
                    .filter(stat -> !stat.isZombie() && isMarked(stat.pid()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isMarked(long pid) {
        try {
            return new String(
                            Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ")), StandardCharsets.UTF_8)
                    .contains(mark);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends all of its processes and its group, and sees to it that they are gone. */
    @Override
    public void close() throws IOException {
        pauser.thaw(name);
        await("no process is left", () -> {
            List<ProcessStat> left = processes();
            left.forEach(stat -> ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroyForcibly));
            return left.isEmpty() && !process.isAlive();
        });
        pauser.release(name);
    }

    static void await(String what, BooleanSupplier condition) {
        Deadline deadline = new Deadline(Deadline.Pace.SYSTEM, PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.passed()).as("in vain: %s", what).isFalse();
            deadline.rest();
        }
    }

    /** Lets real processes run for a moment; for tests that nothing happens, which no condition can await. */
    static void letTimePass(Duration time) {
        Deadline deadline = new Deadline(Deadline.Pace.SYSTEM, time);
        while (!deadline.passed()) {
            deadline.rest();
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
