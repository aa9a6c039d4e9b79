/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done if this process is ended, by Ctrl-C or kill, before the work is: nothing may be left running or frozen. The thread
 * that made this is interrupted then, and the process stays until that thread has closed it: whatever it opened since it closes
 * first.
 */
final class Ending implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final long PATIENCE_MINUTES = 4;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** @param action runs first, in a thread of its own while the process is on its way out */
    Ending(String name, Runnable action) {
        Thread worker = Thread.currentThread();
        hook = new Thread(() -> end(worker, action), name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Thread worker, Runnable action) {
        action.run();
        worker.interrupt();
        if (!Uninterruptibles.awaitUninterruptibly(done, PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            LOG.error("{} has not come to its end within {} minutes", hook.getName(), PATIENCE_MINUTES);
        }
    }

    /** The work is done. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is on its way out: the hook is at work.
        }
    }
}
