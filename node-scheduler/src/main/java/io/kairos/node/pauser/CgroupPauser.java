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
 * Pauses a task by freezing a cgroup of its own, {@code <freezer root>/<parent>/<task>}, of version 1 or 2; see {@link Freezer}.
 *
 * <p>In version 1 SIGKILL does not end a frozen process before it is thawed: resume first, then kill. {@link #release} thaws, so
 * that processes killed while frozen die.
 *
 * <p>Thread-safe; nothing of a task is remembered between calls, so groups left by an earlier process are served like own ones.
 */
public final class CgroupPauser implements Pauser {
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);

    /** No separators and no leading dot: a name cannot lead out of the parent. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");

    private final Freezer freezer;
    private final Path root;
    private final Path parent;
    private final List<Path> otherRoots;
    private final FreezerVersion version;
    private final KernelFiles files;
    private final Pace pace;
    private volatile boolean closed;

    /**
     * @param root where the freezer hierarchy is mounted
     * @param parent folder below it that holds the tasks' groups, such as {@code kairos/node-1}; not shared by node managers
     */
    CgroupPauser(FreezerVersion version, Path root, String parent, KernelFiles files, Pace pace) {
        this(version, root, parent, List.of(), files, pace);
    }

    /** @param otherRoots where hierarchies are mounted in which a group of the same name goes with that of the freezer */
    CgroupPauser(
            FreezerVersion version, Path root, String parent, List<Path> otherRoots, KernelFiles files, Pace pace) {
        this.freezer = new Freezer(version, files, pace);
        this.root = root;
        this.parent = resolveParent(root, parent);
        this.otherRoots =
                otherRoots.stream().filter(other -> !other.equals(root)).toList();
        this.version = version;
        this.files = files;
        this.pace = pace;
    }

    /**
     * A brake for the tasks of this pauser.
     *
     * @param containersAreLimited see {@link GroupBrake}
     * @throws IOException the cpu controller is not mounted
     */
    GroupBrake brake(boolean containersAreLimited) throws IOException {
        if (version == FreezerVersion.V2) {
            return new GroupBrake(CpuQuota.V2, parent, parent, containersAreLimited, files);
        }
        Path cpu = FreezerMounts.controller(files.read(FreezerMounts.MOUNT_INFO), "cpu")
                .orElseThrow(() ->
                        new IOException("the freezer at " + root + " is one of cgroup v1, but no cpu controller of"
                                + " cgroup v1 is mounted; expected one in " + FreezerMounts.MOUNT_INFO));
        return new GroupBrake(CpuQuota.V1, parent, cpu.resolve(root.relativize(parent)), containersAreLimited, files);
    }

    Path root() {
        return root;
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
        return freezer.title() + " at " + parent;
    }

    @Override
    public Optional<Path> prepare(String task) throws IOException {
        Path group = group(task);
        try {
            Files.createDirectories(group);
        } catch (IOException e) {
            throw new IOException(
                    "task " + task + ": cannot create the cgroup " + group + " (" + Freezer.reason(e)
                            + "); expected a parent that user " + System.getProperty("user.name") + " may write",
                    e);
        }
        return Optional.of(Freezer.processList(group));
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        Path group = group(task);
        if (!Files.isDirectory(group)) {
            throw new IOException("task " + task + " has no cgroup " + group
                    + "; expected it to be prepared before its first process");
        }
        freezer.freeze(task, group, pid);
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        thaw(task);
    }

    @Override
    public void thaw(String task) throws IOException {
        freezer.thaw(task, group(task));
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        return freezer.isFrozen(group(task), pid);
    }

    @Override
    public Optional<String> thawCommand(String task, long pid) {
        return Optional.of(freezer.thawCommand(group(task)));
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
                if (freezer.isFreezeAsked(group.toPath())) {
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
        Deadline deadline = new Deadline(pace, RELEASE_LIMIT);
        try {
            remove(task, group, deadline);
        } finally {
            for (Path other : otherRoots) {
                remove(task, other.resolve(root.relativize(group)), deadline);
            }
        }
        if (closed) {
            removeParents();
        }
    }

    private void remove(String task, Path group, Deadline deadline) throws IOException {
        while (group.toFile().exists()) {
            try {
                Files.delete(group);
            } catch (NoSuchFileException gone) {
                return;
            } catch (FileSystemException busy) {
                // A process that is dying still occupies its group, and so does what an engine made in it and forgot.
                removeEmpty(group);
                if (deadline.passed()) {
                    throw new IOException(
                            "task " + task + ": cannot remove the cgroup " + group + " (" + Freezer.reason(busy)
                                    + "); expected no process in it, found " + freezer.processesIn(group),
                            busy);
                }
                deadline.rest();
            }
        }
    }

    /** Removes the groups of tasks whose end nobody saw; for the start, when no task is just being launched. */
    void sweep() {
        List<Path> roots = new ArrayList<>(otherRoots);
        roots.add(root);
        for (Path each : roots) {
            removeEmpty(each.resolve(root.relativize(parent)));
        }
    }

    /** Removes the groups below that hold no process. */
    private static void removeEmpty(Path above) {
        File[] groups = above.toFile().listFiles(File::isDirectory);
        for (File group : groups == null ? new File[0] : groups) {
            removeEmpty(group.toPath());
            try {
                Files.deleteIfExists(group.toPath());
            } catch (IOException inUse) {
                // As it should be.
            }
        }
    }

    /**
     * Removes the parent folders that hold no group any more. Tasks' groups stay: their processes may outlive this one. Those
     * that are released later, as happens where a task ends together with its node, take their parents with them.
     */
    @Override
    public void close() {
        closed = true;
        removeParents();
    }

    private void removeParents() {
        removeParents(root, parent);
        for (Path other : otherRoots) {
            removeParents(other, other.resolve(root.relativize(parent)));
        }
    }

    private static void removeParents(Path root, Path parent) {
        try {
            for (Path folder = parent; folder != null && !folder.equals(root); folder = folder.getParent()) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException inUse) {
            // Of no harm: empty folders cost nothing, and others may use them.
        }
    }

    /** Whether the group holds no process itself, as that of a plain task does, but others in a group below. */
    boolean isAroundAContainer(String task) throws IOException {
        File[] inner = group(task).toFile().listFiles(File::isDirectory);
        return inner != null
                && inner.length > 0
                && files.read(Freezer.processList(group(task))).isBlank();
    }

    /** Whether there is a group of this task. */
    boolean has(String task) {
        return group(task).toFile().isDirectory();
    }

    /** Whether the process is in the task's group, or in one below it. */
    boolean holds(String task, long pid) throws IOException {
        return has(task) && freezer.holds(group(task), pid);
    }

    /** Freezes a group that need not hold any process. */
    void freezeForProbe(String task) throws IOException {
        freezer.freezeEmpty(task, group(task));
    }

    Path group(String task) {
        return parent.resolve(checkName("a task", task));
    }
}
