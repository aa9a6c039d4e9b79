/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thaws a task that nobody here knows any more, after its thaw had failed. Where its first process is gone what is kept of it goes
 * too. Thread-safe.
 *
 * @param process the task's first process; a later one of the same id is another one
 * @param pauser froze it
 * @param pausing where the pauser is called
 */
record LastThaw(String task, ProcessHandle process, Pauser pauser, Executor pausing)
        implements Supplier<CompletableFuture<Void>> {
    private static final Logger LOG = LoggerFactory.getLogger(LastThaw.class);

    @Override
    public CompletableFuture<Void> get() {
        return CompletableFuture.runAsync(this::thaw, pausing);
    }

    private void thaw() {
        try {
            if (process.isAlive()) {
                pauser.resume(task, process.pid());
                LOG.info("{} is thawed, which had failed when it left this node", task);
            } else {
                pauser.release(task);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
