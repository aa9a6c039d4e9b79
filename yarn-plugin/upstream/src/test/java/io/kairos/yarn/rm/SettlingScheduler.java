/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.protocol.ReportAddresses;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeUpdateSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEvent;
import org.jspecify.annotations.Nullable;

/**
 * KairosScheduler as Hadoop's tests need it. They expect an ask to wait for a node's heartbeat, and its container at once after
 * that: so the placement thread finds something to do only while a heartbeat is handled, and the heartbeat returns when it
 * has nothing left to do. Which nodes it
 * fills, and how far, is its own choice unless the test says the {@link Manner}. They run several ResourceManagers in one
 * process: so load reports go to any free port.
 */
public class SettlingScheduler extends KairosScheduler {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicLong CREATED = new AtomicLong();

    private static volatile Manner manner = Manner.FREELY;

    /** One heartbeat at a time. */
    private final ReentrantLock reports = new ReentrantLock();

    private volatile @Nullable NodeId reporting;
    private volatile long mostPlacements;

    /** How much of its own choice it has when a node reports. */
    public enum Manner {
        /** As ever: all that fits, on whichever nodes are best. */
        FREELY,
        /** All that fits on the node that reports, and no other. */
        REPORTING,
        /** One container on the node that reports, as the stock scheduler does with what is not local. */
        ONE
    }

    /** Reached from rewritten code. */
    public SettlingScheduler() {
        CREATED.incrementAndGet();
    }

    /** How many of these were made in this process. */
    public static long created() {
        return CREATED.get();
    }

    /** How all of these place from now on. */
    public static void place(Manner wanted) {
        manner = wanted;
    }

    @Override
    public void serviceInit(Configuration configuration) throws Exception {
        configuration.set(ReportAddresses.ownKey(configuration), "127.0.0.1:0");
        super.serviceInit(configuration);
    }

    @Override
    protected boolean isUsable(FiCaSchedulerNode node) {
        return isOpen(node.getNodeID()) && super.isUsable(node);
    }

    @Override
    boolean mayTake(SchedulerNode node, ApplicationAttemptId attempt) {
        return isOpen(node.getNodeID()) && super.mayTake(node, attempt);
    }

    @Override
    int mostProposals() {
        return 1;
    }

    @Override
    boolean anythingPending() {
        boolean paced = manner == Manner.ONE && counters().placements.sum() >= mostPlacements;
        return reporting != null && !paced && super.anythingPending();
    }

    @Override
    public void handle(SchedulerEvent event) {
        if (event instanceof NodeUpdateSchedulerEvent update && !reports.isHeldByCurrentThread()) {
            heartbeat(update);
        } else {
            super.handle(event);
        }
    }

    /** Some tests call it without the event. */
    @Override
    protected void nodeUpdate(RMNode node) {
        if (reports.isHeldByCurrentThread()) {
            super.nodeUpdate(node);
        } else {
            heartbeat(new NodeUpdateSchedulerEvent(node));
        }
    }

    private void heartbeat(NodeUpdateSchedulerEvent update) {
        reports.lock();
        try {
            // Some tests initialise a ResourceManager and never start it; the stock scheduler places nevertheless.
            if (isInState(STATE.INITED)) {
                start();
            }
            // What was noted before is over and done with: it would be one try more than the heartbeat's own.
            awaitPlacing();
            mostPlacements = counters().placements.sum() + 1;
            reporting = update.getRMNode().getNodeID();
            super.handle(update);
            awaitPlacing();
        } finally {
            reporting = null;
            reports.unlock();
        }
    }

    private boolean isOpen(NodeId node) {
        return manner == Manner.FREELY || node.equals(reporting);
    }

    /** Who holds the lock that placing needs, the placement thread among them, cannot wait for it. */
    private void awaitPlacing() {
        if (!isInState(STATE.STARTED) || writeLock.isHeldByCurrentThread()) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!settle() && isInState(STATE.STARTED)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("placing went on for more than " + PATIENCE);
            }
            LockSupport.parkNanos(20_000);
        }
    }
}
