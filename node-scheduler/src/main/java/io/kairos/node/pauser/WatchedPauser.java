/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.util.Optional;

/** Notes in a {@link FrozenRegister} what it freezes, before it does, and strikes it out after the thaw. Thread-safe. */
public final class WatchedPauser extends ForwardingPauser {
    private final FrozenRegister register;

    /** @param register stays the caller's to close */
    public WatchedPauser(Pauser pauser, FrozenRegister register) {
        super(pauser);
        this.register = register;
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        Optional<String> command = thawCommand(task, pid);
        if (command.isPresent()) {
            register.add(task, command.get());
        }
        try {
            super.pause(task, pid);
        } catch (IOException | RuntimeException e) {
            if (!isPaused(task, pid)) {
                register.remove(task);
            }
            throw e;
        }
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        super.resume(task, pid);
        register.remove(task);
    }

    @Override
    public void thaw(String task) throws IOException {
        super.thaw(task);
        register.remove(task);
    }

    @Override
    public void release(String task) throws IOException {
        register.remove(task);
        super.release(task);
    }
}
