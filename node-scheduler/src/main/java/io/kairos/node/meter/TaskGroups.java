/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import io.kairos.node.pauser.ContainerGroupName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the group that holds one task and nobody else: one that bears the task's name, or one that an engine made for one
 * container. Of such groups one inside the other it is the outermost, which counts for all. A group in which this process is too
 * is nobody's alone: so a NodeManager that runs in a container itself does not take its own group for a task's. Immutable.
 */
final class TaskGroups {
    private final List<CpuHierarchy> hierarchies;

    TaskGroups(List<CpuHierarchy> hierarchies) {
        this.hierarchies = List.copyOf(hierarchies);
    }

    /** A group and how it is read. */
    record Group(CpuHierarchy.Version version, Path folder) {}

    /**
     * The task's own group; empty if there is none.
     *
     * @param text the cgroup file of the task's first process
     * @param ownText the cgroup file of this process
     */
    Optional<Group> find(String task, String text, String ownText) {
        for (CpuHierarchy hierarchy : hierarchies) {
            Optional<Path> group = hierarchy.groupOf(text);
            if (group.isPresent()) {
                Path own = hierarchy.groupOf(ownText).orElse(Path.of(""));
                Optional<Path> found = find(task, group.get(), own);
                if (found.isPresent()) {
                    Path folder = hierarchy.mountPoint().resolve(found.get());
                    return Optional.of(new Group(hierarchy.version(), folder));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> find(String task, Path group, Path own) {
        for (int length = 1; length <= group.getNameCount(); length++) {
            Path outer = group.subpath(0, length);
            String name = outer.getFileName().toString();
            boolean ofOneTask = name.equals(task) || ContainerGroupName.isOfOne(name);
            if (ofOneTask && !own.startsWith(outer)) {
                return Optional.of(outer);
            }
        }
        return Optional.empty();
    }
}
