/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskOrders;
import java.util.Map;
import java.util.function.Function;

/**
 * What orders the tasks of a node: the keys of their applications where such were told, else the service each task has attained.
 * Every policy it makes begins with that order. Confined to the agent's thread.
 *
 * @param <K> task id
 */
final class OrderInForce<K> {
    /** The key of an application of which none was told: it gives way to all others until one is. */
    private static final double UNTOLD = Double.MAX_VALUE / 4;

    private final Function<NodeSettings, NodeScheduler<K>> schedulers;
    private Map<String, Double> keys = Map.of();

    /** @param schedulers makes a policy of such parameters, which orders tasks by attained service */
    OrderInForce(Function<NodeSettings, NodeScheduler<K>> schedulers) {
        this.schedulers = schedulers;
    }

    /**
     * Other keys from now on.
     *
     * @param told from application to key, the lower the more urgent, finite; empty where tasks are ordered by attained service
     * @return whether they are others than before
     */
    boolean tell(Map<String, Double> told) {
        if (keys.equals(told)) {
            return false;
        }
        keys = Map.copyOf(told);
        return true;
    }

    /** Whether tasks of that application have a place in the order, and not only behind all others. */
    boolean knowsPlaceOf(String application) {
        return keys.isEmpty() || keys.containsKey(application);
    }

    TaskOrder order() {
        if (keys.isEmpty()) {
            return TaskOrders.attainedService();
        }
        Map<String, Double> told = keys;
        return TaskOrders.applicationKeys(application -> told.getOrDefault(application, UNTOLD));
    }

    /**
     * The parameters with what goes with the order. By keys nobody is owed anything for pauses alone: that those of a job do not go on for
     * ever is the business of whoever gives the keys, and to let a task of a long job run on costs short ones more than it helps.
     */
    NodeSettings with(NodeSettings settings) {
        return keys.isEmpty() ? settings : settings.withoutGuarantee();
    }

    /** A new policy without tasks. */
    NodeScheduler<K> policy(NodeSettings settings, long nowNanos) {
        NodeScheduler<K> made = schedulers.apply(settings);
        if (!keys.isEmpty()) {
            made.reorder(order(), nowNanos);
        }
        return made;
    }
}
