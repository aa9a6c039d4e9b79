/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slows tasks down by a limit on groups of their own. In version 2 that is the group that freezes the task; in version 1 it is
 * one of the same name in the hierarchy of the cpu controller, into which the task's processes are brought when it is slowed down
 * for the first time. An engine puts a container into a group below both.
 *
 * <p>Thread-safe; nothing of a task is remembered between calls, so groups left by an earlier process are served like own ones.
 */
final class GroupBrake implements Brake {
    private static final int SHARES_OF_A_CORE = 1024;

    private final CpuQuota quota;
    private final Path frozenGroups;
    private final Path limitedGroups;
    private final boolean containersAreLimited;
    private final KernelFiles files;

    /**
     * @param frozenGroups the folder of the tasks' groups in the freezer's hierarchy
     * @param limitedGroups that in the hierarchy of the cpu controller
     * @param containersAreLimited whether the group of a container is limited to its cores when it runs; see {@link #carries}
     */
    GroupBrake(CpuQuota quota, Path frozenGroups, Path limitedGroups, boolean containersAreLimited, KernelFiles files) {
        this.quota = quota;
        this.frozenGroups = frozenGroups;
        this.limitedGroups = limitedGroups;
        this.containersAreLimited = containersAreLimited;
        this.files = files;
    }

    /** Where a task is limited. */
    Path group(String task) {
        return limitedGroups.resolve(task);
    }

    String describe() {
        return "a hundredth of a core by " + quota.file(limitedGroups.resolve("TASK"));
    }

    @Override
    public void apply(String task, long pid) throws IOException {
        Path group = limitedGroups.resolve(task);
        try {
            if (quota == CpuQuota.V1) {
                Files.createDirectories(group);
                bringIn(frozenGroups.resolve(task), group);
            }
            quota.limit(files, group);
            if (!quota.isLimited(files, group)) {
                throw new IOException(
                        "it reads '" + files.read(quota.file(group)).strip() + "'");
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot slow down task " + task + " by " + quota.file(group) + ": " + Freezer.reason(e)
                            + "; expected a group that user " + System.getProperty("user.name") + " may write",
                    e);
        }
    }

    /** The task is frozen, so none of its processes forks. One that is dying is in no group any more. */
    private void bringIn(Path from, Path to) throws IOException {
        Path list = Freezer.processList(to);
        for (String pid : missing(from, to)) {
            try {
                files.write(list, pid);
            } catch (IOException e) {
                if (missing(from, to).contains(pid)) {
                    throw e;
                }
            }
        }
    }

    private List<String> missing(Path from, Path to) throws IOException {
        List<String> processes = new ArrayList<>(processes(from));
        processes.removeAll(new HashSet<>(processes(to)));
        return processes;
    }

    private List<String> processes(Path group) throws IOException {
        return files.read(Freezer.processList(group)).lines().toList();
    }

    @Override
    public void lift(String task) throws IOException {
        Path group = limitedGroups.resolve(task);
        try {
            if (quota.file(group).toFile().exists() && quota.isLimited(files, group)) {
                quota.lift(files, group, usualCores(group));
            }
        } catch (IOException e) {
            if (group.toFile().exists()) {
                throw new IOException(
                        "cannot lift the limit of task " + task + " at " + quota.file(group) + ": " + Freezer.reason(e),
                        e);
            }
            // Released meanwhile.
        }
    }

    @Override
    public boolean isApplied(String task, long pid) throws IOException {
        return isLimited(limitedGroups.resolve(task));
    }

    @Override
    public List<String> appliedTasks() throws IOException {
        File[] groups = limitedGroups.toFile().listFiles(File::isDirectory);
        List<String> tasks = new ArrayList<>();
        if (groups != null) {
            Arrays.sort(groups);
            for (File group : groups) {
                if (isLimited(group.toPath())) {
                    tasks.add(group.getName());
                }
            }
        }
        return tasks;
    }

    private boolean isLimited(Path group) throws IOException {
        try {
            return quota.file(group).toFile().exists() && quota.isLimited(files, group);
        } catch (IOException e) {
            if (group.toFile().exists()) {
                throw e;
            }
            return false; // removed since it was looked for
        }
    }

    @Override
    public Optional<String> liftCommand(String task, long pid) throws IOException {
        Path group = limitedGroups.resolve(task);
        return Optional.of(quota.liftCommand(group, group.toFile().exists() ? usualCores(group) : 0));
    }

    /** Whether the container's own limit must be set on its group here, for none below this one may have a higher one. */
    boolean carries() {
        return quota == CpuQuota.V1;
    }

    /** The cores to which the group is limited when it runs, 0 for none: a container's shares say how many it has. */
    private int usualCores(Path group) throws IOException {
        boolean holdsContainer =
                containersAreLimited && carries() && processes(group).isEmpty();
        return holdsContainer
                ? Integer.parseInt(files.read(group.resolve("cpu.shares")).strip()) / SHARES_OF_A_CORE
                : 0;
    }

    /** Makes ready a group for a container of so many cores: it gets its weight, and its limit where that lies here. */
    void prepareContainer(String task, int cores) throws IOException {
        Path group = limitedGroups.resolve(task);
        Files.createDirectories(group);
        if (quota == CpuQuota.V1) {
            files.write(group.resolve("cpu.shares"), Integer.toString(cores * SHARES_OF_A_CORE));
        } else if (quota.file(group).toFile().exists()) {
            files.write(group.resolve("cpu.weight"), Integer.toString(weight(cores)));
        } else {
            return; // the controller is not enabled
        }
        quota.lift(files, group, containersAreLimited && carries() ? cores : 0);
    }

    /** As container engines turn shares into weights. */
    private static int weight(int cores) {
        long shares = Math.min(262_144L, (long) cores * SHARES_OF_A_CORE);
        return (int) (1 + (shares - 2) * 9_999 / 262_142);
    }

    /**
     * Enables the controller for the tasks' groups in version 2; in version 1 its hierarchy is enough.
     *
     * @throws IOException it cannot be enabled
     */
    void enable(Path root) throws IOException {
        if (quota == CpuQuota.V1) {
            return;
        }
        List<Path> folders = new ArrayList<>();
        for (Path folder = limitedGroups; folder != null && !folder.equals(root); folder = folder.getParent()) {
            folders.add(0, folder);
        }
        folders.add(0, root);
        Files.createDirectories(limitedGroups);
        for (Path folder : folders) {
            Path control = folder.resolve("cgroup.subtree_control");
            if (!words(control).contains("cpu")) {
                try {
                    files.write(control, "+cpu");
                } catch (IOException e) {
                    throw new IOException(
                            "cannot enable the controller cpu in " + control + ": " + Freezer.reason(e)
                                    + "; expected it to be enabled there, or to be in "
                                    + folder.resolve("cgroup.controllers"),
                            e);
                }
            }
        }
    }

    private Set<String> words(Path file) throws IOException {
        return Set.of(files.read(file).strip().split(" +"));
    }
}
