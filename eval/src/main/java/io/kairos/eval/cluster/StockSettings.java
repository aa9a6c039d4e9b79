/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Settings of the schedulers that come with YARN. */
final class StockSettings {
    private static final String QUEUE = "yarn.scheduler.capacity.root.default.";

    private StockSettings() {}

    /** One queue that may use everything, ordered as said; all else as it comes. */
    static void capacityScheduler(Configuration configuration, String ordering) {
        configuration.set(
                YarnConfiguration.RM_SCHEDULER,
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler");
        singleQueue(configuration, ordering);
        // A stock queue gives a node one task a heartbeat; here a node may be filled in one, as under Kairos.
        configuration.setInt(
                "yarn.scheduler.capacity.per-node-heartbeat.maximum-offswitch-assignments", Integer.MAX_VALUE);
        configuration.setInt("yarn.scheduler.capacity.per-node-heartbeat.maximum-container-assignments", -1);
    }

    /** The queue of CapacityScheduler and of its subclasses. */
    static void singleQueue(Configuration configuration, String ordering) {
        configuration.set("yarn.scheduler.capacity.root.queues", "default");
        configuration.set(QUEUE + "capacity", "100");
        configuration.set(QUEUE + "maximum-capacity", "100");
        configuration.set(QUEUE + "user-limit-factor", "100");
        configuration.set(QUEUE + "ordering-policy", ordering);
        configuration.set(QUEUE + "state", "RUNNING");
        // Every job may be active at once: their masters take next to nothing here.
        configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        configuration.set("yarn.scheduler.capacity.maximum-applications", "100000");
    }

    static void fairScheduler(Configuration configuration, ClusterSettings settings) {
        configuration.set(
                YarnConfiguration.RM_SCHEDULER,
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fair.FairScheduler");
        configuration.set("yarn.scheduler.fair.user-as-default-queue", "false");
        configuration.set("yarn.scheduler.increment-allocation-mb", "1");
        configuration.setBoolean("yarn.scheduler.fair.assignmultiple", true);
        // Otherwise no more than half of what is free.
        configuration.setBoolean("yarn.scheduler.fair.dynamic.max.assign", false);
        // Unlike the other schedulers this one counts vcores: those of masters must not be missing for tasks, whose
        // number
        // the memory bounds.
        configuration.setInt(YarnConfiguration.NM_VCORES, settings.slots() + settings.masters());
    }
}
