/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A daemon as it is started, today and again: a process in a session of its own, which outlives whoever starts it. A mark among
 * its arguments tells it from whatever else may have got its number meanwhile.
 *
 * @param name unique in its cluster
 * @param mark one of its arguments, which no other process has
 * @param command {@code setsid}, the program and its arguments
 * @param environment beside that of whoever starts it
 * @param log where its output goes, at the end of what is there
 * @param pid the number of its process when it was started last, 0 if that is not known
 */
record Daemon(String name, String mark, List<String> command, Map<String, String> environment, String log, long pid) {
    private static final Duration LOOK = Duration.ofMillis(50);

    /** The Java of this process. */
    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Starts it; returns it with its new number. */
    Daemon start() throws IOException {
        Files.createDirectories(Path.of(log).getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log)));
        builder.environment().putAll(environment);
        return new Daemon(name, mark, command, environment, log, builder.start().pid());
    }

    boolean isAlive() {
        return process().isPresent();
    }

    private Optional<ProcessHandle> process() {
        // Whoever was to write its number down may have been killed first.
        Stream<ProcessHandle> candidates = pid == 0 ? ProcessHandle.allProcesses() : ProcessHandle.of(pid).stream();
        return candidates.filter(ProcessHandle::isAlive).filter(this::isMarked).findFirst();
    }

    private boolean isMarked(ProcessHandle process) {
        List<String> arguments = List.of(process.info().arguments().orElseGet(() -> new String[0]));
        // Between fork and exec it has the command line of its parent, then that of setsid.
        return arguments.contains(mark)
                || (process.pid() == pid
                        && process.parent()
                                .filter(ProcessHandle.current()::equals)
                                .isPresent());
    }

    /** Asks it to end, as a service script does. */
    void terminate() {
        process().ifPresent(ProcessHandle::destroy);
    }

    /** Ends it at once. */
    void kill() {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits until it has ended; returns whether it has. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return true;
    }
}
