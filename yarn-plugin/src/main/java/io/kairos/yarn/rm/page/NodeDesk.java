/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.NodeAnswer;
import io.kairos.yarn.why.NodePages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks nodes for those who look at the page: a few at a time however many look, and nobody waits for longer than a few seconds. Thread-safe.
 */
final class NodeDesk implements AutoCloseable {
    private static final int AT_A_TIME = 8;
    private static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 30;
    private static final String BUSY = "not asked, for many look at nodes just now";

    private final NodePages pages;
    private final String scheme;
    private final ThreadPoolExecutor askers;

    /** @param scheme of the nodes' pages, http or https */
    NodeDesk(NodePages pages, String scheme) {
        this.pages = pages;
        this.scheme = scheme;
        this.askers = new ThreadPoolExecutor(
                AT_A_TIME, AT_A_TIME, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "Kairos asks a node");
                    thread.setDaemon(true);
                    return thread;
                });
        askers.allowCoreThreadTimeOut(true);
    }

    /** Until when somebody waits. */
    static final class Patience {
        private final long end;

        Patience(long seconds) {
            end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        }

        private long nanosLeft() {
            return Math.max(0, end - System.nanoTime());
        }
    }

    /** All of these at once; one that does not answer in time is told as such. In their order. */
    List<NodeAnswer> ask(List<NodeRow> nodes, Patience patience) throws InterruptedException {
        List<Future<NodeAnswer>> asked = new ArrayList<>();
        List<NodeAnswer> answers = new ArrayList<>();
        try {
            for (NodeRow node : nodes) {
                asked.add(askers.submit(() -> pages.ask(scheme, node)));
            }
        } catch (RejectedExecutionException e) {
            // told below of each that was not asked
        }
        for (int i = 0; i < nodes.size(); i++) {
            answers.add(
                    i < asked.size()
                            ? take(nodes.get(i), asked.get(i), patience)
                            : NodeAnswer.none(nodes.get(i), BUSY));
        }
        return answers;
    }

    private static NodeAnswer take(NodeRow node, Future<NodeAnswer> asked, Patience patience)
            throws InterruptedException {
        try {
            return asked.get(patience.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return NodeAnswer.none(node, "it could not be asked: " + e.getCause());
        } catch (TimeoutException e) {
            asked.cancel(true);
            return NodeAnswer.none(node, "no answer in time");
        }
    }

    /** What a node decided of a task. */
    List<DecisionRow> decisions(NodeAnswer node, String container, Patience patience)
            throws IOException, InterruptedException {
        Future<List<DecisionRow>> asked;
        try {
            asked = askers.submit(() -> pages.decisions(scheme, node, container));
        } catch (RejectedExecutionException e) {
            throw new IOException(BUSY, e);
        }
        try {
            return asked.get(patience.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() instanceof IOException told
                            ? String.valueOf(told.getMessage())
                            : String.valueOf(e.getCause()),
                    e);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException("no answer in time", e);
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
