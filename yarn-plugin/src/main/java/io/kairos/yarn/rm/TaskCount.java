/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplicationAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.jspecify.annotations.Nullable;

/**
 * Tells tasks from everything else on a node. The node's own containers are the truth: they hold what is allocated but not
 * launched yet, and they come back by themselves after a restart. Going through them costs more than all else in a placement,
 * so a node's count is remembered for as long as the number of its containers is what it was when they were counted; a task
 * that is committed moves both on by one. What can change a container and leave that number as it is, calls {@link #forget}; for the
 * case that anything ever comes and goes without, somebody calls {@link #forgetAll} now and then.
 *
 * <p>Thread-safe. Whoever counts need hold no lock: a count is not remembered if anything was committed or forgotten meanwhile. It asks
 * for none either but that of the node, as it may be called with an application's.
 */
final class TaskCount {
    private final Function<ApplicationAttemptId, @Nullable SchedulerApplicationAttempt> attempts;
    private final Function<ApplicationAttemptId, @Nullable ContainerId> masters;
    private final ConcurrentMap<NodeId, Counted> counts = new ConcurrentHashMap<>();

    /** How often anything was committed or forgotten. */
    private final AtomicLong changes = new AtomicLong();

    /** Whose tasks were among how many containers of a node; another node of that name is another object. */
    private record Counted(SchedulerNode node, int containers, List<ApplicationId> owners) {
        int tasks() {
            return owners.size();
        }

        boolean isOf(SchedulerNode other) {
            return node == other && containers == other.getNumContainers();
        }
    }

    /**
     * @param attempts of an attempt's application the newest attempt, or null if there is none
     * @param masters the master's container of an attempt, or null while it has none
     */
    TaskCount(
            Function<ApplicationAttemptId, @Nullable SchedulerApplicationAttempt> attempts,
            Function<ApplicationAttemptId, @Nullable ContainerId> masters) {
        this.attempts = attempts;
        this.masters = masters;
    }

    /** The tasks on the node. */
    int on(SchedulerNode node) {
        return counted(node).tasks();
    }

    /** Whose tasks are on the node: each application once for each. */
    List<ApplicationId> owners(SchedulerNode node) {
        return counted(node).owners();
    }

    private Counted counted(SchedulerNode node) {
        @Nullable Counted known = counts.get(node.getNodeID());
        if (known != null && known.isOf(node)) {
            return known;
        }
        long before = changes.get();
        Counted counted = count(node);
        // In one with committed() and forget(), which else could come between the question and the answer.
        counts.compute(node.getNodeID(), (id, other) -> changes.get() == before ? counted : current(other, node));
        return counted;
    }

    private static @Nullable Counted current(@Nullable Counted known, SchedulerNode node) {
        return known != null && known.isOf(node) ? known : null;
    }

    /**
     * One container more is on the node than were before.
     *
     * @param before what {@link #on} said under the scheduler's write lock, which is still held
     * @param owner whose task it is; null if it is none
     */
    void committed(SchedulerNode node, int before, @Nullable ApplicationId owner) {
        counts.compute(node.getNodeID(), (id, known) -> {
            changes.incrementAndGet();
            return known != null
                            && known.node() == node
                            && known.tasks() == before
                            && known.containers() + 1 == node.getNumContainers()
                    ? new Counted(
                            node, known.containers() + 1, owner == null ? known.owners() : with(known.owners(), owner))
                    : null;
        });
    }

    /** The node is to be counted anew: a container ended, was updated or changed its kind, or the node left. */
    void forget(NodeId node) {
        changes.incrementAndGet(); // first: who counts now does not remember it, or has done so by when it is removed
        counts.remove(node);
    }

    /** Every node is to be counted anew. */
    void forgetAll() {
        counts.keySet().forEach(this::forget);
    }

    private Counted count(SchedulerNode node) {
        List<RMContainer> present;
        int containers;
        // The node's own lock, so that both are of one moment; it is let go before anything else is asked, which may
        // lock.
        synchronized (node) {
            present = node.getCopiedListOfRunningContainers();
            containers = node.getNumContainers();
        }
        List<ApplicationId> owners = new ArrayList<>(present.size());
        for (RMContainer container : present) {
            if (isTask(container)) {
                owners.add(container.getApplicationAttemptId().getApplicationId());
            }
        }
        return new Counted(node, containers, owners);
    }

    /** Whoever was given the list before keeps it as it was. */
    private static List<ApplicationId> with(List<ApplicationId> owners, ApplicationId one) {
        List<ApplicationId> more = new ArrayList<>(owners.size() + 1);
        more.addAll(owners);
        more.add(one);
        return more;
    }

    /** AMs run beside the slots, opportunistic containers are the node's own business, an update is no new container. */
    boolean isTask(RMContainer container) {
        return container.getExecutionType() != ExecutionType.OPPORTUNISTIC
                && !container.isAMContainer()
                && !isUpdate(container)
                && !awaitsMaster(container.getApplicationAttemptId())
                && !isMaster(container);
    }

    /** Whether all that the attempt asks for now is its AM. */
    boolean awaitsMaster(ApplicationAttemptId id) {
        @Nullable SchedulerApplicationAttempt attempt = attempts.apply(id);
        // The scheduler answers with the application's newest attempt: an older one's kept tasks stay tasks.
        return attempt != null && attempt.getApplicationAttemptId().equals(id) && attempt.isWaitingForAMContainer();
    }

    /** The container is known as its attempt's master a moment before it is marked as such, and nothing tells of the mark. */
    private boolean isMaster(RMContainer container) {
        @Nullable ContainerId id = container.getContainerId(); // none before it is committed
        return id != null && id.equals(masters.apply(container.getApplicationAttemptId()));
    }

    private static boolean isUpdate(RMContainer container) {
        return container.getAllocatedSchedulerKey() != null
                && container.getAllocatedSchedulerKey().getContainerToUpdate() != null;
    }
}
