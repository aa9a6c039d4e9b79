/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Notes in a {@link FrozenRegister} what it freezes, before it does, and strikes it out when it is thawed or gone. What cannot be
 * noted is not frozen; a note that cannot be struck out does no harm, for who reads it thaws what runs already or is gone.
 * Thread-safe.
 */
public final class WatchedPauser extends ForwardingPauser {
    private final FrozenRegister register;
    private final Consumer<String> log;

    /** The first processes of the tasks that this one noted. */
    private final Map<String, Long> noted = new ConcurrentHashMap<>();

    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param register stays the caller's to close
     * @param log hears one line when notes cannot be struck out any more
     */
    public WatchedPauser(Pauser pauser, FrozenRegister register, Consumer<String> log) {
        super(pauser);
        this.register = register;
        this.log = log;
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        Optional<String> command = thawCommand(task, pid);
        if (command.isPresent()) {
            register.add(task, pid, command.get());
            noted.put(task, pid);
        }
        try {
            super.pause(task, pid);
        } catch (IOException | RuntimeException e) {
            if (!mayBePaused(task, pid)) {
                strikeOut(task);
            }
            throw e;
        }
    }

    @Override
    public void resume(String task, long pid) throws IOException {
        super.resume(task, pid);
        strikeOut(task);
    }

    @Override
    public void thaw(String task) throws IOException {
        super.thaw(task);
        strikeOut(task);
    }

    /** A task that is paused still, for its last thaw failed, stays noted until it is resumed, or released once more when it is gone. */
    @Override
    public void release(String task) throws IOException {
        Long pid = noted.get(task);
        if (pid == null || !mayBePaused(task, pid)) {
            strikeOut(task);
        }
        super.release(task);
    }

    private boolean mayBePaused(String task, long pid) {
        try {
            return isPaused(task, pid);
        } catch (IOException unknown) {
            return true;
        }
    }

    private void strikeOut(String task) {
        noted.remove(task);
        try {
            register.remove(task);
            failing.set(false);
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                log.accept("Task " + task + " is still noted as paused, which it is not any more: " + e
                        + "; more of that is not told until it works again");
            }
        }
    }
}
