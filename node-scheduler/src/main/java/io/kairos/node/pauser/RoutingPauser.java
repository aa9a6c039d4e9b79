/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Hands each call on to the pauser of the task it is for; the one place that knows all calls about one task. */
public abstract class RoutingPauser implements Pauser {
    /** The pauser that serves this task now. */
    protected abstract Pauser of(String task);

    @Override
    public Pauser serving(String task) {
        return of(task).serving(task);
    }

    @Override
    public Optional<Path> prepare(String task) throws IOException {
        return of(task).prepare(task);
    }

    @Override
    public boolean isReady(String task, long pid) {
        return of(task).isReady(task, pid);
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        of(task).pause(task, pid);
    }

    @Override
    public void relax(String task, long pid) throws IOException {
        of(task).relax(task, pid);
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        of(task).resume(task, pid);
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        return of(task).isPaused(task, pid);
    }

    @Override
    public void release(String task) throws IOException {
        of(task).release(task);
    }

    @Override
    public void thaw(String task) throws IOException {
        of(task).thaw(task);
    }

    @Override
    public Optional<String> thawCommand(String task, long pid) throws IOException {
        return of(task).thawCommand(task, pid);
    }
}
