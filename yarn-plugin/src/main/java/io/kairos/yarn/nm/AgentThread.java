/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a node agent its thread. */
final class AgentThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentThread.class);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long JOIN_MILLIS = 5_000;

    private final NodeAgent<?> agent;
    private final Thread thread;
    private volatile boolean closed;

    AgentThread(NodeAgent<?> agent) {
        this.agent = agent;
        this.thread = new Thread(this::run, "kairos-node-agent");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends the thread after what it does now. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(JOIN_MILLIS);
    }

    private void run() {
        while (!closed) {
            try {
                agent.awaitWork(LONGEST_WAIT_NANOS);
                agent.doWork();
            } catch (InterruptedException e) {
                // Only close() interrupts; the loop's condition sees it.
                LOG.debug("interrupted", e);
            } catch (RuntimeException | Error e) {
                // The agent guards itself against the policy; this is the last net: no task may stay frozen for ever.
                LOG.error("The node agent goes on after an unexpected failure", e);
            }
        }
    }
}
