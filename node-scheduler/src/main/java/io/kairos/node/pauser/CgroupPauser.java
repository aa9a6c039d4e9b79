/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.Deadline.Pace;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pauses a task by freezing its cgroup, {@code <freezer root>/<parent>/<task>}, of version 1 or 2. The kernel holds all processes
 * of the group, whatever sessions they make and however fast they fork, and none of them can notice.
 *
 * <p>The group's state file alone is the truth: each freeze and thaw is confirmed there, and a freeze that is not confirmed in
 * time is undone, for the kernel itself goes on trying (runc issue 5325).
 *
 * <p>In version 1 SIGKILL does not end a frozen process before it is thawed: resume first, then kill. {@link #release} thaws, so
 * that processes killed while frozen die.
 *
 * <p>Thread-safe; nothing is remembered between calls, so groups left by an earlier process are served like own ones.
 */
public final class CgroupPauser implements Pauser {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration ROLL_BACK_LIMIT = Duration.ofMillis(500);

    /** No separators and no leading dot: a name cannot lead out of the parent. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");

    private final FreezerVersion version;
    private final Path root;
    private final Path parent;
    private final KernelFiles files;
    private final Pace pace;

    /**
     * @param root where the freezer hierarchy is mounted
     * @param parent folder below it that holds the tasks' groups, such as {@code kairos/node-1}; not shared by node managers
     */
    CgroupPauser(FreezerVersion version, Path root, String parent, KernelFiles files, Pace pace) {
        this.version = version;
        this.root = root;
        this.parent = resolveParent(root, parent);
        this.files = files;
        this.pace = pace;
    }

    private static Path resolveParent(Path root, String parent) {
        Path folder = root;
        for (String part : parent.split("/", -1)) {
            folder = folder.resolve(checkName("the parent cgroup '" + parent + "'", part));
        }
        return folder;
    }

    private static String checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has the name '" + name.replaceAll("\\p{Cntrl}", "?")
                    + "'; expected 1 to 200 of A-Z a-z 0-9 _ . - and no dot first");
        }
        return name;
    }

    @Override
    public String name() {
        return "cgroup";
    }

    /** Which freezer and where, for logs. */
    public String describe() {
        return version.title() + " at " + parent;
    }

    @Override
    public Optional<Path> prepare(String task) throws IOException {
        Path group = group(task);
        try {
            Files.createDirectories(group);
        } catch (IOException e) {
            throw new IOException(
                    "task " + task + ": cannot create the cgroup " + group + " (" + reason(e)
                            + "); expected a parent that user " + System.getProperty("user.name") + " may write",
                    e);
        }
        return Optional.of(processList(group));
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        Path group = group(task);
        requireGroup(task, group);
        try {
            change(task, group, true, new Deadline(pace, LIMIT));
            // An empty group freezes too. Looked at only now, when a process in it can no longer end by itself.
            if (!holds(group, pid)) {
                throw new IOException("task " + task + " has no process " + pid + " in " + processList(group));
            }
        } catch (IOException | RuntimeException failure) {
            rollBack(task, group, failure);
            throw failure;
        }
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        thaw(task);
    }

    @Override
    public void thaw(String task) throws IOException {
        Path group = group(task);
        if (Files.isDirectory(group)) {
            change(task, group, false, new Deadline(pace, LIMIT));
        }
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        Path group = group(task);
        return Files.isDirectory(group) && version.isConfirmed(files, group, true) && holds(group, pid);
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        File[] groups = parent.toFile().listFiles(File::isDirectory);
        if (groups == null) {
            return List.of();
        }
        Arrays.sort(groups);
        List<String> frozen = new ArrayList<>();
        for (File group : groups) {
            try {
                if (version.isFreezeAsked(files, group.toPath())) {
                    frozen.add(group.getName());
                }
            } catch (IOException e) {
                if (group.isDirectory()) {
                    throw e;
                }
                // Removed since it was listed.
            }
        }
        return frozen;
    }

    @Override
    public void release(String task) throws IOException {
        Path group = group(task);
        thaw(task);
        Deadline deadline = new Deadline(pace, LIMIT);
        while (true) {
            try {
                Files.delete(group);
                return;
            } catch (NoSuchFileException gone) {
                return;
            } catch (FileSystemException busy) {
                // A process that is dying still occupies its group.
                if (deadline.passed()) {
                    throw new IOException(
                            "task " + task + ": cannot remove the cgroup " + group + " (" + reason(busy)
                                    + "); expected no process in it, found " + processesIn(group),
                            busy);
                }
                deadline.rest();
            }
        }
    }

    /** Removes the parent folders that hold no group any more. Tasks' groups stay: their processes may outlive this one. */
    @Override
    public void close() {
        try {
            for (Path folder = parent; folder != null && !folder.equals(root); folder = folder.getParent()) {
                Files.delete(folder);
            }
        } catch (IOException inUse) {
            // Of no harm: empty folders cost nothing, and others may use them.
        }
    }

    /** Freezes a group that need not hold any process. */
    void freezeForProbe(String task) throws IOException {
        change(task, group(task), true, new Deadline(pace, LIMIT));
    }

    private Path group(String task) {
        return parent.resolve(checkName("a task", task));
    }

    private static Path processList(Path group) {
        return group.resolve("cgroup.procs");
    }

    private void requireGroup(String task, Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            throw new IOException("task " + task + " has no cgroup " + group
                    + "; expected it to be prepared before its first process");
        }
    }

    private boolean holds(Path group, long pid) throws IOException {
        return processesIn(group).contains(Long.toString(pid));
    }

    private List<String> processesIn(Path group) throws IOException {
        return files.read(processList(group)).lines().toList();
    }

    private void change(String task, Path group, boolean frozen, Deadline deadline) throws IOException {
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
            change(task, group, false, new Deadline(pace, ROLL_BACK_LIMIT));
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** The kernel's words without the path that the caller's message names already. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException system) {
            return system.getReason() == null ? system.getClass().getSimpleName() : system.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
