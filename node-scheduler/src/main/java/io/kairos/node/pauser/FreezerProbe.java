/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.ContainerGroups.Group;
import io.kairos.node.pauser.Deadline.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For benchmarks: a pauser of containers that tells how much of its time was the kernel's, and beside it the least that a freeze
 * can be. One operation at a time is measured; the threads may change from one to the next.
 */
public final class FreezerProbe {
    private static final Set<String> FREEZER_FILES = Set.of("freezer.state", "cgroup.freeze", "cgroup.events");

    private final AtomicLong kernelNanos = new AtomicLong();
    private final AtomicLong lastRestNanos = new AtomicLong();
    private final ContainerGroups groups;
    private final ContainerGroupPauser pauser;

    /** @throws IOException the mounted hierarchies cannot be read */
    public FreezerProbe() throws IOException {
        KernelFiles files = new TimedFiles();
        Pace pace = new TimedPace();
        groups = new ContainerGroups(FreezerMounts.ofThisProcess(), Path.of("/proc"), KernelFiles.SYSTEM, pace);
        pauser = new ContainerGroupPauser(groups, files, pace);
    }

    /** A {@link ContainerGroupPauser} like any other, but for the two looks at the clock around each call to the kernel. */
    public Pauser pauser() {
        return pauser;
    }

    /**
     * The kernel's time so far, nanoseconds; differences count. It is that of its calls that ask for a freeze or a thaw and
     * that look whether it has come, and the rests between those looks, but not the last: the kernel may have been ready when
     * that began. Never too much, therefore: what is left of the whole time is at least the pauser's own share.
     */
    public long kernelNanos() {
        lastRestNanos.set(0);
        return kernelNanos.get();
    }

    /** Where a container is frozen; found once, so that {@link #change} need not look. */
    public final class Bare {
        private final Group group;

        private Bare(Group group) {
            this.group = group;
        }

        /** Writes the request and reads the state until it is confirmed, without any rest and without a deadline. */
        public void change(boolean frozen) throws IOException {
            group.version().request(KernelFiles.SYSTEM, group.folder(), frozen);
            while (!group.version().isConfirmed(KernelFiles.SYSTEM, group.folder(), frozen)) {
                Thread.onSpinWait();
            }
        }
    }

    /** @throws TaskGoneException it has no process */
    public Bare bare(String task, long pid) throws IOException {
        return new Bare(groups.find(task, pid)
                .orElseThrow(() -> new TaskGoneException("task " + task + " has no process " + pid)));
    }

    private final class TimedFiles implements KernelFiles {
        @Override
        public String read(Path file) throws IOException {
            long start = System.nanoTime();
            try {
                return KernelFiles.SYSTEM.read(file);
            } finally {
                count(file, start);
            }
        }

        @Override
        public void write(Path file, String text) throws IOException {
            long start = System.nanoTime();
            try {
                KernelFiles.SYSTEM.write(file, text);
            } finally {
                count(file, start);
            }
        }

        private void count(Path file, long start) {
            if (FREEZER_FILES.contains(String.valueOf(file.getFileName()))) {
                kernelNanos.addAndGet(System.nanoTime() - start);
            }
        }
    }

    private final class TimedPace implements Pace {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void rest(long nanos) {
            // This one shows that the one before it was not the last.
            kernelNanos.addAndGet(lastRestNanos.get());
            long start = System.nanoTime();
            Pace.SYSTEM.rest(nanos);
            lastRestNanos.set(System.nanoTime() - start);
        }
    }
}
