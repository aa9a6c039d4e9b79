/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the freezer group in which an engine put a container, through {@code /proc/<pid>/cgroup}. Only a group of one container
 * alone is taken, as its name shows: freezing a wider one would freeze strangers, this process among them. Thread-safe.
 */
final class ContainerGroups {
    /** With the cgroupfs driver the id, with the systemd driver a scope. */
    private static final Pattern ONE_CONTAINER = Pattern.compile("([0-9a-f]{64})|(docker-[0-9a-f]{64}\\.scope)");

    private final List<FreezerMounts.Mount> mounts;
    private final Path processes;
    private final KernelFiles files;

    /** @param processes where the process file system is mounted */
    ContainerGroups(List<FreezerMounts.Mount> mounts, Path processes, KernelFiles files) {
        this.mounts = List.copyOf(mounts);
        this.processes = processes;
        this.files = files;
    }

    /** A group and how it is frozen. */
    record Group(FreezerVersion version, Path folder) {}

    /**
     * The freezer group of a container; empty if the process is gone.
     *
     * @throws IOException the process is not in a group of one container
     */
    Optional<Group> find(String task, long pid) throws IOException {
        Path process = processes.resolve(Long.toString(pid));
        Path file = process.resolve("cgroup");
        String text;
        try {
            text = files.read(file);
        } catch (IOException e) {
            if (!process.toFile().exists()) {
                return Optional.empty();
            }
            throw e;
        }
        for (FreezerMounts.Mount mount : mounts) {
            String path = path(mount.version(), text);
            if (path == null || path.equals("/")) {
                continue;
            }
            Path folder = mount.root().resolve(path.substring(1)).normalize();
            if (folder.startsWith(mount.root())
                    && ONE_CONTAINER.matcher(folder.getFileName().toString()).matches()) {
                return Optional.of(new Group(mount.version(), folder));
            }
        }
        throw new IOException("task " + task + ": process " + pid + " is in no freezer group of one container; " + file
                + " reads '" + text.strip().replace('\n', ' ') + "'");
    }

    private static @Nullable String path(FreezerVersion version, String text) {
        for (String line : text.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            boolean unified = parts[0].equals("0") && parts[1].isEmpty();
            boolean wanted = version == FreezerVersion.V2
                    ? unified
                    : List.of(parts[1].split(",")).contains("freezer");
            if (wanted) {
                return parts[2];
            }
        }
        return null;
    }
}
