/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.yarn.protocol.ReportAddresses;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeUpdateSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEventType;
import org.jspecify.annotations.Nullable;

/**
 * KairosScheduler as Hadoop's tests need it. They expect an ask to wait for a node's heartbeat, and its container at once after
 * that: so the placement thread finds something to do only while a heartbeat is handled, and the heartbeat returns when it
 * has nothing left to do. Which node it fills is its own choice,
 * unless the test counts on the node that reports: then all others are passed over. Their nodes report no load and have one core,
 * whatever they are given to run: so Q is so large that the bound refuses nothing. They run several ResourceManagers in one
 * process: so load reports go to any free port.
 */
public class SettlingScheduler extends KairosScheduler {
    private static final int WIDE_QUEUE_BOUND = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicLong CREATED = new AtomicLong();

    private static volatile boolean staying;

    private final AtomicInteger heartbeats = new AtomicInteger();

    private volatile @Nullable NodeId reporting;

    /** Reached from rewritten code. */
    public SettlingScheduler() {
        CREATED.incrementAndGet();
    }

    /** How many of these were made in this process. */
    public static long created() {
        return CREATED.get();
    }

    /** Whether from now on only the node whose heartbeat is handled takes containers, as under the stock scheduler. */
    public static void stayOnReportingNode(boolean stay) {
        staying = stay;
    }

    @Override
    public void serviceInit(Configuration configuration) throws Exception {
        configuration.set(ReportAddresses.ownKey(configuration), "127.0.0.1:0");
        super.serviceInit(configuration);
    }

    @Override
    NodeCapacity capacity(SchedulerNode node) {
        return new NodeCapacity(super.capacity(node).slots(), WIDE_QUEUE_BOUND);
    }

    @Override
    protected boolean isUsable(NodeId id) {
        return (!staying || id.equals(reporting)) && super.isUsable(id);
    }

    @Override
    boolean mayTake(SchedulerNode node, ApplicationAttemptId attempt) {
        return (!staying || node.getNodeID().equals(reporting)) && super.mayTake(node, attempt);
    }

    @Override
    boolean anythingPending() {
        return heartbeats.get() > 0 && super.anythingPending();
    }

    @Override
    public void handle(SchedulerEvent event) {
        if (event.getType() != SchedulerEventType.NODE_UPDATE) {
            super.handle(event);
            return;
        }
        heartbeats.incrementAndGet();
        reporting = ((NodeUpdateSchedulerEvent) event).getRMNode().getNodeID();
        try {
            super.handle(event);
            settle();
        } finally {
            heartbeats.decrementAndGet();
        }
    }

    /** Who holds the lock that placing needs, the placement thread among them, cannot wait for it. */
    private void settle() {
        if (!isInState(STATE.STARTED) || writeLock.isHeldByCurrentThread()) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSettled() && isInState(STATE.STARTED)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("placing went on for more than " + PATIENCE);
            }
            LockSupport.parkNanos(20_000);
        }
    }
}
