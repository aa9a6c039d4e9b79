/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.Deadline.Pace;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Freezes and thaws cgroups, whoever made them. The kernel holds all processes of the group, whatever sessions they make and
 * however fast they fork, and none of them can notice.
 *
 * <p>The group's state file alone is the truth: each freeze and thaw is confirmed there, and a freeze that is not confirmed in
 * time is undone, for the kernel itself goes on trying (runc issue 5325).
 *
 * <p>Thread-safe; nothing is remembered between calls.
 */
final class Freezer {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration ROLL_BACK_LIMIT = Duration.ofMillis(500);

    private final FreezerVersion version;
    private final KernelFiles files;
    private final Pace pace;

    Freezer(FreezerVersion version, KernelFiles files, Pace pace) {
        this.version = version;
        this.files = files;
        this.pace = pace;
    }

    String title() {
        return version.title();
    }

    static Path processList(Path group) {
        return group.resolve("cgroup.procs");
    }

    /**
     * Freezes the group of a task and confirms that its process is in it.
     *
     * @throws TaskGoneException the process is not in it
     * @throws IOException it is not frozen; one line that says what was expected
     */
    void freeze(String task, Path group, long pid) throws IOException {
        try {
            change(task, group, true, LIMIT);
            // An empty group freezes too. Looked at only now, when a process in it can no longer end by itself.
            if (!holds(group, pid)) {
                throw new TaskGoneException("task " + task + " has no process " + pid + " in " + processList(group));
            }
        } catch (IOException | RuntimeException failure) {
            rollBack(task, group, failure);
            if (!(failure instanceof TaskGoneException) && isGone(group, pid)) {
                TaskGoneException gone = new TaskGoneException("task " + task + " ended while it was to be frozen");
                gone.initCause(failure);
                throw gone;
            }
            throw failure;
        }
    }

    /** A process that is ending does not freeze any more, and keeps its group from it. */
    private boolean isGone(Path group, long pid) {
        try {
            return !Files.isDirectory(group) || !holds(group, pid);
        } catch (IOException e) {
            return !Files.isDirectory(group);
        }
    }

    /** Freezes a group that need not hold any process. */
    void freezeEmpty(String task, Path group) throws IOException {
        change(task, group, true, LIMIT);
    }

    /** Thaws the group; no error if it is not there. */
    void thaw(String task, Path group) throws IOException {
        if (Files.isDirectory(group)) {
            change(task, group, false, LIMIT);
        }
    }

    String thawCommand(Path group) {
        return version.thawCommand(group);
    }

    /** Whether the group is frozen with this process in it or below; false if there is no such group. */
    boolean isFrozen(Path group, long pid) throws IOException {
        return Files.isDirectory(group) && version.isConfirmed(files, group, true) && holds(group, pid);
    }

    /** Whether the group is not plainly thawed. */
    boolean isFreezeAsked(Path group) throws IOException {
        return version.isFreezeAsked(files, group);
    }

    /** The processes of the group and of the groups below it, where an engine puts a container. */
    List<String> processesIn(Path group) throws IOException {
        List<String> processes =
                new ArrayList<>(files.read(processList(group)).lines().toList());
        File[] below = group.toFile().listFiles(File::isDirectory);
        for (File folder : below == null ? new File[0] : below) {
            try {
                processes.addAll(processesIn(folder.toPath()));
            } catch (IOException e) {
                if (folder.isDirectory()) {
                    throw e;
                }
                // Removed since it was listed.
            }
        }
        return processes;
    }

    /** Whether the process is in the group, or in one below it. */
    boolean holds(Path group, long pid) throws IOException {
        return processesIn(group).contains(Long.toString(pid));
    }

    private void change(String task, Path group, boolean frozen, Duration limit) throws IOException {
        Deadline deadline = new Deadline(pace, limit);
        try {
            version.request(files, group, frozen);
            while (!version.isConfirmed(files, group, frozen)) {
                if (deadline.passed()) {
                    throw new IOException("expected '" + version.confirmation(frozen) + "' within the deadline, read '"
                            + files.read(version.stateFile(group)).strip().replace('\n', ' ') + "'");
                }
                deadline.rest();
            }
        } catch (IOException e) {
            if (!frozen && !Files.isDirectory(group)) {
                return; // Released meanwhile: nothing is left to thaw.
            }
            throw new IOException(
                    "cannot " + (frozen ? "freeze" : "thaw") + " task " + task + " at " + version.stateFile(group)
                            + ": " + reason(e),
                    e);
        }
    }

    private void rollBack(String task, Path group, Exception failure) {
        try {
            change(task, group, false, ROLL_BACK_LIMIT);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** The kernel's words without the path that the caller's message names already. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException system) {
            return system.getReason() == null ? system.getClass().getSimpleName() : system.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
