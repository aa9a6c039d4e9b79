/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends signals to process groups through one shell that lives as long as this object. Java can send none but TERM and KILL by
 * itself, and starting {@code kill} each time costs milliseconds and a fork of this process.
 *
 * <p>The shell reads a line such as {@code STOP -123 -456}, and answers with what its built-in {@code kill} had to say and then
 * {@code done STATUS}. It ends at the end of its input, so it ends with this process however that dies; it ignores the signals a
 * terminal sends to the whole group, for at that moment tasks are still to be thawed. If it died it is started again.
 *
 * <p>Thread-safe; one request at a time.
 */
final class SignalShell implements AutoCloseable {
    private static final String SCRIPT = "trap '' HUP INT QUIT TERM; while read -r signal groups; do"
            + " kill -s \"$signal\" -- $groups 2>&1; echo \"done $?\"; done";
    private static final String ANSWER_END = "done ";

    private final ReentrantLock lock = new ReentrantLock();
    private final ProcessTable processes;
    private @Nullable Process shell;
    private boolean closed;

    SignalShell(ProcessTable processes) {
        this.processes = processes;
    }

    enum Signal {
        STOP,
        CONT
    }

    /**
     * Signals all processes of the groups. A group that is gone is no error: look at the processes to see what became of them.
     *
     * @throws IOException if the deadline passes, no shell can be started, or we may not signal these processes
     */
    void send(Signal signal, Collection<Long> groups, Deadline deadline) throws IOException {
        if (groups.isEmpty()) {
            return;
        }
        refuseOurOwn(groups);
        String request =
                groups.stream().map(group -> " -" + group).collect(Collectors.joining("", signal.name(), "\n"));
        String answer;
        lockWithin(deadline);
        try {
            answer = ask(request, deadline);
        } finally {
            lock.unlock();
        }
        if (answer.contains("not permitted")) {
            throw new IOException("may not send SIG" + signal + " to process group " + groups
                    + "; expected processes of user " + System.getProperty("user.name"));
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            endShell();
        } finally {
            lock.unlock();
        }
    }

    /** The shell's process, for tests that kill it. */
    @Nullable Process process() {
        lock.lock();
        try {
            return shell;
        } finally {
            lock.unlock();
        }
    }

    /** To kill, 0 means our own group, -1 everything, and 1 is init: none may ever get there by mistake. */
    private void refuseOurOwn(Collection<Long> groups) throws IOException {
        long ownGroup = processes.self().group();
        for (long group : groups) {
            if (group <= 1 || group == ownGroup) {
                throw new IOException("refused to signal process group " + group
                        + "; expected one above 1 and not that of this process, " + ownGroup);
            }
        }
    }

    private void lockWithin(Deadline deadline) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (lock.tryLock(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw new IOException("the shell that sends signals was busy past the deadline");
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String ask(String request, Deadline deadline) throws IOException {
        if (closed) {
            throw new IOException("cannot send signals: the pauser is closed");
        }
        // Signals can be repeated without harm, so a shell that died on the way gets one successor.
        String answer = exchange(request, deadline);
        if (answer == null) {
            answer = exchange(request, deadline);
        }
        if (answer == null) {
            throw new IOException("the shell that sends signals died twice in a row; expected /bin/sh to stay alive");
        }
        return answer;
    }

    /** The answer, or null if the shell died meanwhile. */
    private @Nullable String exchange(String request, Deadline deadline) throws IOException {
        Process process = runningShell();
        try {
            OutputStream toShell = process.getOutputStream();
            toShell.write(request.getBytes(StandardCharsets.US_ASCII));
            toShell.flush();
        } catch (IOException brokenPipe) {
            endShell();
            return null;
        }
        StringBuilder answer = new StringBuilder();
        InputStream fromShell = process.getInputStream();
        while (!isComplete(answer)) {
            // Read the state before the pipe: what a shell wrote before it died is still found there.
            boolean alive = process.isAlive();
            int available = available(fromShell);
            if (available > 0) {
                answer.append(new String(fromShell.readNBytes(available), StandardCharsets.ISO_8859_1));
            } else if (!alive) {
                endShell();
                return null;
            } else if (deadline.passed()) {
                endShell();
                throw new IOException(
                        "the shell that sends signals did not answer within the deadline; it is replaced");
            } else {
                deadline.rest();
            }
        }
        return answer.toString();
    }

    private static int available(InputStream fromShell) {
        try {
            return fromShell.available();
        } catch (IOException closedWithTheProcess) {
            return 0;
        }
    }

    private static boolean isComplete(StringBuilder answer) {
        int lastLine = answer.lastIndexOf(ANSWER_END);
        return lastLine >= 0 && answer.indexOf("\n", lastLine) >= 0;
    }

    private Process runningShell() throws IOException {
        if (shell == null || !shell.isAlive()) {
            endShell();
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "kairos-signals");
            builder.environment().clear();
            // The answers are read, so they must not be translated.
            builder.environment().put("LC_ALL", "C");
            builder.redirectErrorStream(true);
            shell = builder.start();
        }
        return shell;
    }

    private void endShell() {
        if (shell != null) {
            shell.destroyForcibly();
            shell = null;
        }
    }
}
