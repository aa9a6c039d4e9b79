/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.Deadline.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the group of a controller in which an engine put a container, through {@code /proc/<pid>/cgroup}. Only a group of one
 * container alone is taken, as its name shows: freezing a wider one would freeze strangers, this process among them.
 * Thread-safe.
 */
final class ContainerGroups {
    private static final Duration DYING = Duration.ofMillis(50);

    private final List<FreezerMounts.Mount> mounts;
    private final String controller;
    private final Path processes;
    private final KernelFiles files;
    private final Pace pace;

    /** @param processes where the process file system is mounted */
    ContainerGroups(List<FreezerMounts.Mount> mounts, Path processes, KernelFiles files, Pace pace) {
        this(mounts, "freezer", processes, files, pace);
    }

    /** @param controller its name in version 1 */
    ContainerGroups(List<FreezerMounts.Mount> mounts, String controller, Path processes, KernelFiles files, Pace pace) {
        this.mounts = List.copyOf(mounts);
        this.controller = controller;
        this.processes = processes;
        this.files = files;
        this.pace = pace;
    }

    /** Those of the cpu controller, on this machine. */
    static ContainerGroups ofCpu() throws IOException {
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        List<FreezerMounts.Mount> mounts = new ArrayList<>();
        FreezerMounts.controller(mountinfo, "cpu")
                .ifPresent(root -> mounts.add(new FreezerMounts.Mount(FreezerVersion.V1, root)));
        FreezerMounts.parse(mountinfo).stream()
                .filter(mount -> mount.version() == FreezerVersion.V2)
                .forEach(mounts::add);
        return new ContainerGroups(mounts, "cpu", Path.of("/proc"), KernelFiles.SYSTEM, Pace.SYSTEM);
    }

    /** A group and the version it is of. */
    record Group(FreezerVersion version, Path folder) {}

    /**
     * The group of a container; empty if the process is gone.
     *
     * @throws IOException the process is not in a group of one container
     */
    Optional<Group> find(String task, long pid) throws IOException {
        Deadline deadline = new Deadline(pace, DYING);
        while (true) {
            Path process = processes.resolve(Long.toString(pid));
            String text;
            try {
                text = files.read(process.resolve("cgroup"));
            } catch (IOException e) {
                if (!process.toFile().exists()) {
                    return Optional.empty();
                }
                throw e;
            }
            Optional<Group> group = group(text);
            if (group.isPresent()) {
                return group;
            }
            // The kernel takes a dying process out of its group a moment before its end.
            if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                return Optional.empty();
            }
            if (deadline.passed()) {
                throw new IOException("task " + task + ": process " + pid + " is in no " + controller
                        + " group of one container; " + process.resolve("cgroup") + " reads '"
                        + text.strip().replace('\n', ' ') + "'");
            }
            deadline.rest();
        }
    }

    private Optional<Group> group(String text) {
        for (FreezerMounts.Mount mount : mounts) {
            String path = path(mount.version(), controller, text);
            if (path == null) {
                continue;
            }
            Path folder = mount.root().resolve(path.substring(1)).normalize();
            boolean ofOneContainer = folder.startsWith(mount.root())
                    && !folder.equals(mount.root())
                    && ContainerGroupName.isOfOne(folder.getFileName().toString());
            // Where there is one of version 1 the engine uses it; the unified hierarchy beside it is nobody's.
            return ofOneContainer ? Optional.of(new Group(mount.version(), folder)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static @Nullable String path(FreezerVersion version, String controller, String text) {
        for (String line : text.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            boolean unified = parts[0].equals("0") && parts[1].isEmpty();
            boolean wanted = version == FreezerVersion.V2
                    ? unified
                    : List.of(parts[1].split(",")).contains(controller);
            if (wanted) {
                return parts[2];
            }
        }
        return null;
    }
}
