/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, read from {@code /proc} at each call. Thread-safe: it keeps nothing. */
final class ProcessTable {
    /** SIGSTOP is signal 19 on x86, Arm, RISC-V and POWER; the mask in the status file counts from bit 0. */
    private static final long STOP_PENDING = 1L << 18;

    private static final String PENDING_LABEL = "ShdPnd:";
    private static final int LONGEST_STAT = 2048;

    private final Path proc;

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /** The process, or empty if there is none with this pid. */
    Optional<ProcessStat> find(long pid) {
        return readStat(new File(proc.toFile(), pid + "/stat"));
    }

    /** This very process. */
    ProcessStat self() throws IOException {
        return readStat(proc.resolve("self/stat").toFile())
                .orElseThrow(() ->
                        new IOException("cannot read " + proc.resolve("self/stat") + "; expected a mounted /proc"));
    }

    /** All processes that live through the whole call; those that start or end meanwhile may be missing. */
    List<ProcessStat> all() throws IOException {
        String[] names = proc.toFile().list();
        if (names == null) {
            throw new IOException("cannot list " + proc + "; expected a mounted /proc");
        }
        List<ProcessStat> processes = new ArrayList<>(names.length);
        for (String name : names) {
            char first = name.charAt(0);
            if (first >= '1' && first <= '9') {
                readStat(new File(proc.toFile(), name + "/stat")).ifPresent(processes::add);
            }
        }
        return processes;
    }

    /**
     * Whether a stop has taken hold of the process: no thread of it can run its program or fork before a SIGCONT. A process that
     * ended counts, for it cannot run either.
     *
     * <p>A thread in D (waiting in the kernel, uninterruptible) is as good as stopped once the stop has begun: it must pass the
     * stop before it gets back to its program. It may stay in D for as long as the task is paused, when it waits for a child that
     * was stopped between vfork and exec. That the stop has begun is seen from another thread or from the pending signal.
     */
    boolean isStopped(ProcessStat seen) {
        if (seen.isZombie()) {
            return true;
        }
        if (seen.threads() == 1 && isStopState(seen.state())) {
            return true;
        }
        boolean begun = false;
        for (ProcessStat thread : threadsOf(seen.pid())) {
            if (isStopState(thread.state())) {
                begun = true;
            } else if (!"DZX".contains(String.valueOf(thread.state()))) {
                return false;
            }
        }
        return begun || isStopPending(seen.pid()) || find(seen.pid()).isEmpty();
    }

    /**
     * Whether the process waits for a SIGCONT. A tracer's stop does not count: no signal of ours ends it. A stop that has begun in
     * one thread is enough.
     */
    boolean awaitsContinue(ProcessStat seen) {
        if (seen.isZombie()) {
            return false;
        }
        return seen.state() == 'T'
                || (seen.state() == 'D' && isStopPending(seen.pid()))
                || (seen.threads() > 1 && threadsOf(seen.pid()).stream().anyMatch(thread -> thread.state() == 'T'));
    }

    private static boolean isStopState(char state) {
        return state == 'T' || state == 't';
    }

    private List<ProcessStat> threadsOf(long pid) {
        File folder = new File(proc.toFile(), pid + "/task");
        String[] names = folder.list();
        List<ProcessStat> threads = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            readStat(new File(folder, name + "/stat")).ifPresent(threads::add);
        }
        return threads;
    }

    private boolean isStopPending(long pid) {
        try {
            return KernelFiles.SYSTEM
                    .read(proc.resolve(pid + "/status"))
                    .lines()
                    .filter(line -> line.startsWith(PENDING_LABEL))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(PENDING_LABEL.length()).strip(), 16))
                    .anyMatch(mask -> (mask & STOP_PENDING) != 0);
        } catch (IOException gone) {
            return false;
        }
    }

    private static Optional<ProcessStat> readStat(File file) {
        byte[] bytes = new byte[LONGEST_STAT];
        try (FileInputStream in = new FileInputStream(file)) {
            int length = in.read(bytes);
            return length <= 0
                    ? Optional.empty()
                    : Optional.of(ProcessStat.parse(new String(bytes, 0, length, StandardCharsets.ISO_8859_1)));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        } catch (IOException ended) {
            // The file was opened, then the process ended: the kernel answers ESRCH.
            return Optional.empty();
        }
    }
}
