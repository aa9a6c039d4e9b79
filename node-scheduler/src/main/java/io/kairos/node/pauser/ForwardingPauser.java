/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands every call on to another pauser; subclasses add to some. */
abstract class ForwardingPauser implements Pauser {
    private final Pauser pauser;

    ForwardingPauser(Pauser pauser) {
        this.pauser = pauser;
    }

    @Override
    public String name() {
        return pauser.name();
    }

    @Override
    public Optional<Path> prepare(String task) throws IOException {
        return pauser.prepare(task);
    }

    @Override
    public boolean isReady(String task, long pid) {
        return pauser.isReady(task, pid);
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        pauser.pause(task, pid);
    }

    @Override
    public boolean relaxes() {
        return pauser.relaxes();
    }

    @Override
    public void relax(String task, long pid) throws IOException {
        pauser.relax(task, pid);
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        pauser.resume(task, pid);
    }

    @Override
    public boolean isPaused(String task, long pid) throws IOException {
        return pauser.isPaused(task, pid);
    }

    @Override
    public void release(String task) throws IOException {
        pauser.release(task);
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        return pauser.frozenTasks();
    }

    @Override
    public void thaw(String task) throws IOException {
        pauser.thaw(task);
    }

    @Override
    public Optional<String> thawCommand(String task, long pid) throws IOException {
        return pauser.thawCommand(task, pid);
    }

    @Override
    public void close() {
        pauser.close();
    }
}
