/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.pauser.ContainerGroups.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Slows containers down through their engine. What the engine says of a limit is a memory: whether it holds is read from the
 * group's own file, which everybody may read. Calls take as long as the engine's deadline. Thread-safe.
 */
final class EngineBrake implements Brake {
    private final DockerEngine engine;
    private final ContainerGroups groups;

    /** @param groups those of the cpu controller */
    EngineBrake(DockerEngine engine, ContainerGroups groups) {
        this.engine = engine;
        this.groups = groups;
    }

    @Override
    public void apply(String task, long pid) throws IOException {
        if (isApplied(task, pid)) {
            return;
        }
        engine.slowDown(task);
        if (!isApplied(task, pid)) {
            throw new IOException("Docker said it slowed down task " + task + ", but it is not limited");
        }
    }

    @Override
    public void lift(String task) throws IOException {
        engine.liftSlowDown(task);
    }

    @Override
    public boolean isApplied(String task, long pid) throws IOException {
        Optional<Group> group = groups.find(task, pid);
        if (group.isEmpty()) {
            return false;
        }
        Path folder = group.get().folder();
        try {
            return quota(group.get()).isLimited(KernelFiles.SYSTEM, folder);
        } catch (IOException e) {
            if (folder.toFile().exists()) {
                throw e;
            }
            return false; // it has just ended
        }
    }

    private static CpuQuota quota(Group group) {
        return group.version() == FreezerVersion.V1 ? CpuQuota.V1 : CpuQuota.V2;
    }

    @Override
    public List<String> appliedTasks() {
        return List.of();
    }

    @Override
    public Optional<String> liftCommand(String task, long pid) throws IOException {
        Optional<Group> group = groups.find(task, pid);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        long usual = usual(task);
        return Optional.of(EngineCall.limit(engine.host(), task, usual) + " || "
                + quota(group.get())
                        .liftCommand(group.get().folder(), usual < 0 ? 0 : (int) (usual / CpuQuota.PERIOD)));
    }

    /** While the engine is silent nothing is slowed down, and so nothing need be lifted. */
    private long usual(String task) throws IOException {
        try {
            return engine.usualQuota(task);
        } catch (EngineException e) {
            return -1;
        }
    }
}
