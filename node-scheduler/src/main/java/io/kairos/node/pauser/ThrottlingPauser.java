/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pauses a task by slowing it down: its heartbeats go on, what it serves is served, and a kill takes effect at once.
 *
 * <p>A pause first freezes and then sets the limit, and only {@link #relax} thaws below that limit. A frozen task cannot exit,
 * and its processes cannot fork while they are brought under the limit. Thread-safe.
 */
final class ThrottlingPauser extends ForwardingPauser {
    private final Brake brake;

    /** @param freezer must not relax itself */
    ThrottlingPauser(Pauser freezer, Brake brake) {
        super(freezer);
        this.brake = brake;
    }

    /** What an earlier attempt left slowed down would slow down the next one. */
    @Override
    public Optional<Path> prepare(String task) throws IOException {
        brake.lift(task);
        return super.prepare(task);
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        try {
            super.pause(task, pid);
            brake.apply(task, pid);
        } catch (IOException | RuntimeException failure) {
            try {
                resume(task, pid);
            } catch (IOException | RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    @Override
    public boolean relaxes() {
        return true;
    }

    @Override
    public void relax(String task, long pid) throws IOException {
        if (!brake.isApplied(task, pid)) {
            brake.apply(task, pid);
        }
        if (super.isPaused(task, pid)) {
            super.resume(task, pid);
        }
    }

    /** Thaws first: what is to be killed must not be frozen, whatever becomes of the limit. */
    @Override
    public void resume(String task, long pid) throws IOException {
        super.resume(task, pid);
        brake.lift(task);
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        return brake.isApplied(task, pid) || super.isPaused(task, pid);
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        Set<String> tasks = new LinkedHashSet<>(super.frozenTasks());
        tasks.addAll(brake.appliedTasks());
        return new ArrayList<>(tasks);
    }

    @Override
    public void thaw(String task) throws IOException {
        super.thaw(task);
        brake.lift(task);
    }

    /** Both are tried whatever becomes of the other, and both must work. */
    @Override
    public Optional<String> thawCommand(String task, long pid) throws IOException {
        Optional<String> thaw = super.thawCommand(task, pid);
        return brake.liftCommand(task, pid)
                .map(lift -> thaw.map(
                                command -> "( " + lift + " ); lifted=$?; ( " + command + " ) && (( lifted == 0 ))")
                        .orElse(lift))
                .or(() -> thaw);
    }
}
