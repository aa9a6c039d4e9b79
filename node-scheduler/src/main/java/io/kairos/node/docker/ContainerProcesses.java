/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * The processes of a container as the kernel shows them. An engine that is killed while it starts one forgets what it has begun:
 * the container stands as created, cannot be started any more, and when it is removed its processes run on. Thread-safe.
 */
final class ContainerProcesses {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final Duration DYING = Duration.ofSeconds(5);
    private static final long LOOK_MS = 20;

    private final Path proc;
    private final LongConsumer kill;
    private final Duration patience;

    /** Of this machine. */
    ContainerProcesses() {
        this(Path.of("/proc"), pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly), DYING);
    }

    /**
     * @param kill sends SIGKILL, if that is allowed
     * @param patience how long one that was killed may take to be gone
     */
    ContainerProcesses(Path proc, LongConsumer kill, Duration patience) {
        this.proc = proc;
        this.kill = kill;
        this.patience = patience;
    }

    /**
     * Kills the processes in the groups of a container; none is left afterwards.
     *
     * @param id the engine's, whole: it is part of the name of every group of the container
     * @throws IOException one line: some do not end, as when they are another user's
     */
    void end(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new IOException("'" + id + "' is no container's id; expected 64 hexadecimal digits");
        }
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            List<Long> alive = of(id);
            if (alive.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException("processes " + alive + " of container " + id
                        + " run on, unseen by its engine; expected the right to kill them");
            }
            alive.forEach(kill::accept);
            rest(id);
        }
    }

    private static void rest(String id) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped waiting for the processes of container " + id);
        }
    }

    private List<Long> of(String id) throws IOException {
        String[] names = proc.toFile().list();
        if (names == null) {
            throw new IOException("cannot list " + proc + "; expected a mounted /proc");
        }
        List<Long> found = new ArrayList<>();
        for (String name : names) {
            if (Character.isDigit(name.charAt(0)) && belongs(name, id)) {
                found.add(Long.parseLong(name));
            }
        }
        return found;
    }

    /** One that has ended, but that nobody has asked for its exit code, is in its group still. */
    private boolean belongs(String pid, String id) {
        try {
            return read(pid, "cgroup").contains(id) && !read(pid, "status").contains("\nState:\tZ");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Names of processes are in no charset: any byte is to be a character. */
    private String read(String pid, String file) throws IOException {
        return Files.readString(proc.resolve(pid).resolve(file), StandardCharsets.ISO_8859_1);
    }
}
