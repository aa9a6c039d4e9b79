/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pauses a container by the group around it where there is one, else by another pauser. Thread-safe. */
final class ContainerParentPauser extends RoutingPauser {
    private final CgroupPauser groups;
    private final Pauser own;
    private final Pauser other;

    /**
     * @param groups tells which containers have a group around them
     * @param own pauses those
     */
    ContainerParentPauser(CgroupPauser groups, Pauser own, Pauser other) {
        this.groups = groups;
        this.own = own;
        this.other = other;
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public Optional<Path> prepare(String task) {
        return Optional.empty();
    }

    @Override
    public boolean relaxes() {
        return own.relaxes();
    }

    /** To be called when the engine has removed the container. */
    @Override
    public void release(String task) throws IOException {
        try {
            own.release(task);
        } finally {
            other.release(task);
        }
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        Set<String> tasks = new LinkedHashSet<>(own.frozenTasks());
        tasks.addAll(other.frozenTasks());
        return List.copyOf(tasks);
    }

    @Override
    public void close() {
        own.close();
        other.close();
    }

    @Override
    protected Pauser of(String task) {
        return groups.has(task) ? own : other;
    }
}
