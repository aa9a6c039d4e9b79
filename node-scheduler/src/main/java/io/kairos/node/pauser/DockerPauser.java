/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pauses a container through its engine.
 *
 * <p>What the engine says of a pause is a memory, not a look: after a thaw by anybody else it says "paused" for ever and refuses
 * both to pause and to unpause. So the group's state file, which everybody may read, is the truth; where this process may also
 * write it, it is the way out when the engine is silent or wrong. A silent engine may do later what it was asked; {@link
 * #resume} puts that right, so whoever calls looks again from time to time.
 *
 * <p>Calls take as long as the engine's deadline. Thread-safe.
 */
public final class DockerPauser implements Pauser {
    /** Refusals of one pause that are looked into. Each costs three answers of the engine. */
    private static final int MISTAKES = 3;

    private final DockerEngine engine;
    private final ContainerGroupPauser group;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** A container that was looked up. */
    private record Known(long pid, String id) {}

    /** @param group a look at, and where possible a hold on, what the engine does */
    public DockerPauser(DockerEngine engine, ContainerGroupPauser group) {
        this.engine = engine;
        this.group = group;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Optional<Path> prepare(String task) {
        return Optional.empty();
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        try {
            String id = id(task, pid);
            if (!group.isPaused(task, pid)) {
                askToPause(id, task, pid);
            }
            if (!group.isPaused(task, pid)) {
                throw new IOException("Docker said it paused task " + task + ", but its processes run");
            }
        } catch (EngineException trouble) {
            if (!trouble.isOutage() && hasEnded(task, pid)) {
                throw gone(task, pid);
            }
            if (!trouble.isOutage() || !group.isWritable(task, pid)) {
                undo(task, pid, trouble);
                throw trouble;
            }
            group.pause(task, pid);
        } catch (IOException failure) {
            undo(task, pid, failure);
            throw failure;
        }
    }

    /** The engine may refuse for what it wrongly takes the container for; that is put right and it is asked again. */
    private void askToPause(String id, String task, long pid) throws IOException {
        for (int left = MISTAKES; ; left--) {
            try {
                engine.pause(id);
                return;
            } catch (EngineException refused) {
                if (left == 0 || refused.kind() != EngineException.Kind.CONFLICT || !mends(id, task, pid)) {
                    throw refused;
                }
            }
        }
    }

    /**
     * Whether the engine may agree to pause when it is asked once more: it took the container for paused, and that is over. Either
     * somebody thawed it behind the engine's back, or the engine, which hears of its own pauses again by events that come late,
     * was at an older one.
     */
    private boolean mends(String id, String task, long pid) throws IOException {
        ContainerStatus status = status(task, pid);
        if (status == null || group.isPaused(task, pid)) {
            return false;
        }
        if (status.paused()) {
            reconcile(id, task, pid);
        }
        return true;
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        boolean frozen = group.isPaused(task, pid);
        try {
            if (frozen) {
                engine.unpause(id(task, pid));
            } else {
                ContainerStatus status = status(task, pid);
                if (status != null && status.paused()) {
                    reconcile(status.id(), task, pid);
                }
            }
        } catch (TaskGoneException | EngineException trouble) {
            // Frozen behind the engine's back, unknown to it, or the engine is out: the group itself is the way.
            if (group.isPaused(task, pid)) {
                if (!group.isWritable(task, pid)) {
                    throw trouble;
                }
                group.resume(task, pid);
            }
        }
        if (group.isPaused(task, pid)) {
            throw new IOException("Docker said it unpaused task " + task + ", but its processes are frozen");
        }
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        return group.isPaused(task, pid);
    }

    /** The engine is asked first, so that it knows of the thaw; where this process may write the group, that decides. */
    @Override
    public Optional<String> thawCommand(String task, long pid) throws IOException {
        String asked = EngineCall.unpause(engine.host(), task);
        return group.isWritable(task, pid)
                ? group.thawCommand(task, pid).map(direct -> asked + "; " + direct)
                : Optional.of(asked);
    }

    /** The engine removes the group with the container. */
    @Override
    public void release(String task) {
        known.remove(task);
    }

    /** The engine's id of the task's container; asked for once. */
    private String id(String task, long pid) throws IOException {
        Known remembered = known.get(task);
        if (remembered != null && remembered.pid() == pid) {
            return remembered.id();
        }
        ContainerStatus status = status(task, pid);
        if (status == null) {
            throw gone(task, pid);
        }
        known.put(task, new Known(pid, status.id()));
        return status.id();
    }

    private static TaskGoneException gone(String task, long pid) {
        return new TaskGoneException("task " + task + " has no process " + pid + " in a container of its name");
    }

    /** Whether the container ended between the last look at it and now; not if the engine does not say. */
    private boolean hasEnded(String task, long pid) {
        try {
            return status(task, pid) == null;
        } catch (EngineException e) {
            return false;
        }
    }

    /** The container of that name, if its first process is the given one. */
    private @Nullable ContainerStatus status(String task, long pid) throws EngineException {
        ContainerStatus status = engine.inspect(task);
        return status != null && status.running() && status.pid() == pid ? status : null;
    }

    /** The engine says paused, the group is thawed. Only when it is frozen again the engine agrees to unpause it. */
    private void reconcile(String id, String task, long pid) throws IOException {
        if (!group.isWritable(task, pid)) {
            return; // It runs, which is what counts; the engine's memory can be put right by nobody but root.
        }
        group.pause(task, pid);
        try {
            engine.unpause(id);
        } catch (EngineException refused) {
            if (refused.isOutage()) {
                throw refused;
            } // Else it has learned by itself meanwhile that the container runs.
        } finally {
            group.resume(task, pid);
        }
    }

    private void undo(String task, long pid, Exception failure) {
        try {
            resume(task, pid);
            // The engine gives up on a freeze that takes long and leaves it asked of the group (runc issue 5325), which
            // is then neither frozen nor thawed for good.
            if (group.isWritable(task, pid)) {
                group.resume(task, pid);
            }
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
