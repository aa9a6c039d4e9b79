/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final long REST_MS = 20;
    /** Five seconds' worth. */
    private static final int RESTS = 250;

    private final Path proc;
    private final LongConsumer kill;
    private final Rest rest;

    /** Of this machine. */
    ContainerProcesses() {
        this(
                Path.of("/proc"),
                pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly),
                () -> TimeUnit.MILLISECONDS.sleep(REST_MS));
    }

    /**
     * @param kill sends SIGKILL, if that is allowed
     * @param rest between two looks at those that were killed
     */
    ContainerProcesses(Path proc, LongConsumer kill, Rest rest) {
        this.proc = proc;
        this.kill = kill;
        this.rest = rest;
    }

    /** Takes its time. */
    @FunctionalInterface
    interface Rest {
        void rest() throws InterruptedException;
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
        List<Long> alive = of(id);
        for (int rests = 0; !alive.isEmpty(); rests++) {
            if (rests == RESTS) {
                throw new IOException("processes " + alive + " of container " + id
                        + " run on, unseen by its engine; expected the right to kill them");
            }
            alive.forEach(kill::accept);
            restFrom(id);
            alive = of(id);
        }
    }

    private void restFrom(String id) throws InterruptedIOException {
        try {
            rest.rest();
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
