/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The processes of this machine at one moment, for whoever asks after several tasks. Immutable. */
public final class ProcessSnapshot {
    /** Linux tells user programs of ticks of 10 ms on every machine that Java runs on, whatever the kernel's own are. */
    private static final long TICK_NANOS = 10_000_000;

    private final List<ProcessStat> processes;

    private ProcessSnapshot(List<ProcessStat> processes) {
        this.processes = processes;
    }

    /**
     * Takes one, in some 20 microseconds for each process of the machine.
     *
     * @param proc where the process file system is mounted
     * @throws IOException it cannot be listed
     */
    public static ProcessSnapshot take(Path proc) throws IOException {
        return new ProcessSnapshot(new ProcessTable(proc).all());
    }

    /**
     * CPU time of a task's processes, ended ones included that one of them has waited for; in whole ticks for each process.
     * What a process used that ended and was waited for outside of the task is missing; that of one that is waited for while
     * the snapshot is taken may be missing, or there twice, until the next.
     *
     * @param firstProcess pid of the task's first process, which leads a session
     * @return nanoseconds; empty if there are no such processes
     */
    public OptionalLong cpuNanos(long firstProcess) {
        List<ProcessStat> members = TaskTree.of(firstProcess, processes);
        if (members.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                TICK_NANOS * members.stream().mapToLong(ProcessStat::cpuTicks).sum());
    }
}
