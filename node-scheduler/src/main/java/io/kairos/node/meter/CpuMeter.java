/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import io.kairos.node.pauser.ProcessSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the CPU time that tasks have used.
 *
 * <p>A task that has a cgroup for itself is read from the group's counter: cgroup v1 {@code cpuacct.usage} to the nanosecond,
 * cgroup v2 {@code cpu.stat} to the microsecond, whatever became of its processes. Any other is the sum over its process tree in
 * {@code /proc}: ticks of 10 ms for each process, and processes that ended and were waited for by somebody outside of the task
 * are missing, see {@link ProcessSnapshot#cpuNanos}.
 *
 * <p>Thread-safe; nothing is remembered between calls, so that a process that changes its group is followed. Calls take two
 * small reads for each task with a group, and one pass over {@code /proc} if there is one without. The kernel may keep a reader
 * waiting: do not call it from a thread that others wait for.
 */
public final class CpuMeter {
    private static final Path PROC = Path.of("/proc");

    private final TaskGroups groups;
    private final Path proc;
    private final String description;

    /** @throws IOException /proc cannot be read; one line that says what was expected */
    public CpuMeter() throws IOException {
        this(PROC);
    }

    CpuMeter(Path proc) throws IOException {
        this.proc = proc;
        List<CpuHierarchy> hierarchies;
        try {
            hierarchies = CpuHierarchy.parse(Texts.read(proc.resolve("self/mountinfo")));
        } catch (IOException e) {
            throw new IOException(
                    "CPU time cannot be read: " + e.getMessage() + "; expected a mounted " + proc + " (Linux)", e);
        }
        this.groups = new TaskGroups(hierarchies);
        this.description = hierarchies.isEmpty()
                ? "from the tasks' processes, for no hierarchy that counts CPU time is mounted"
                : hierarchies.stream()
                        .map(hierarchy -> hierarchy.mountPoint().toString())
                        .collect(Collectors.joining(
                                ", ", "from the groups in ", ", of tasks without one from their processes"));
    }

    /**
     * What was read in one go.
     *
     * @param times by task; tasks whose processes are gone are missing
     * @param failures by task, why it could not be read
     */
    public record Round(Map<String, CpuTime> times, Map<String, IOException> failures) {
        public Round {
            times = Map.copyOf(times);
            failures = Map.copyOf(failures);
        }
    }

    /** Where it reads, for the log. */
    public String describe() {
        return description;
    }

    /** Reads tasks, given as their names with the pids of their first processes. */
    public Round read(Map<String, Long> firstProcesses) {
        Map<String, CpuTime> times = new HashMap<>();
        Map<String, IOException> failures = new HashMap<>();
        List<String> withoutGroup = new ArrayList<>();
        String own;
        try {
            own = Texts.read(proc.resolve("self/cgroup"));
        } catch (IOException e) {
            firstProcesses.keySet().forEach(task -> failures.put(task, e));
            return new Round(times, failures);
        }
        for (Map.Entry<String, Long> entry : firstProcesses.entrySet()) {
            String task = entry.getKey();
            try {
                readGroup(task, entry.getValue(), own)
                        .ifPresentOrElse(time -> times.put(task, time), () -> withoutGroup.add(task));
            } catch (IOException e) {
                if (Files.exists(process(entry.getValue()))) {
                    failures.put(task, e);
                }
            }
        }
        if (!withoutGroup.isEmpty()) {
            readProcesses(withoutGroup, firstProcesses, times, failures);
        }
        return new Round(times, failures);
    }

    private Optional<CpuTime> readGroup(String task, long pid, String own) throws IOException {
        Optional<TaskGroups.Group> group =
                groups.find(task, Texts.read(process(pid).resolve("cgroup")), own);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        Path folder = group.get().folder();
        return Optional.of(new CpuTime(
                folder + " since process " + pid, group.get().version().read(folder)));
    }

    private void readProcesses(
            List<String> tasks,
            Map<String, Long> firstProcesses,
            Map<String, CpuTime> times,
            Map<String, IOException> failures) {
        ProcessSnapshot processes;
        try {
            processes = ProcessSnapshot.take(proc);
        } catch (IOException e) {
            tasks.forEach(task -> failures.put(task, e));
            return;
        }
        for (String task : tasks) {
            long pid = firstProcesses.getOrDefault(task, 0L);
            processes
                    .cpuNanos(pid)
                    .ifPresent(nanos -> times.put(task, new CpuTime("processes of process " + pid, nanos)));
        }
    }

    private Path process(long pid) {
        return proc.resolve(Long.toString(pid));
    }
}
