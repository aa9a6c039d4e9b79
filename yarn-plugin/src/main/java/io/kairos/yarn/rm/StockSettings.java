/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.conf.Mode;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfiguration;

/** What Kairos changes in the stock scheduler's configuration, so that an admin sets the scheduler class and nothing else. */
final class StockSettings {
    /** The order of queues, which every parent queue without its own takes from its parent. */
    private static final String QUEUE_ORDER = "yarn.scheduler.capacity.root.ordering-policy";

    /**
     * Changes the configuration in place. What is set here wins over capacity-scheduler.xml, because values set by a program
     * win over resources; the delays and the order of queues are only defaults and come as a resource, so that the file read later wins over them.
     * Asynchronous scheduling cannot be begun later, so it stays off in every mode; those defaults are stock where heartbeats place.
     */
    static void impose(Configuration configuration, Mode mode) {
        configuration.setBoolean(CapacitySchedulerConfiguration.SCHEDULE_ASYNCHRONOUSLY_ENABLE, false);
        configuration.setBoolean(CapacitySchedulerConfiguration.MULTI_NODE_PLACEMENT_ENABLED, false);
        configuration.setIfUnset(
                YarnConfiguration.APPLICATION_PLACEMENT_TYPE_CLASS, BoundedPlacementAllocator.class.getName());
        if (mode != Mode.OFF && isFileBased(configuration)) {
            Configuration defaults = new Configuration(false);
            // The delays count tries, and one pass makes many: whoever sets none wants the node with the fewest tasks.
            setUnlessKnown(configuration, defaults, CapacitySchedulerConfiguration.NODE_LOCALITY_DELAY, "0");
            setUnlessKnown(configuration, defaults, CapacitySchedulerConfiguration.RACK_LOCALITY_ADDITIONAL_DELAY, "0");
            setUnlessKnown(configuration, defaults, QUEUE_ORDER, LazyUtilizationOrder.class.getName());
            if (defaults.size() > 0) {
                configuration.addResource(defaults);
            }
        }
    }

    /** One line for the log: what is in force now. */
    static String describe(CapacitySchedulerConfiguration configuration) {
        return "asynchronous scheduling off, multi-node placement off, node-locality-delay "
                + configuration.getNodeLocalityDelay() + ", rack-locality-additional-delay "
                + configuration.getRackLocalityAdditionalDelay();
    }

    /** A configuration store lays the given configuration over its own: a default given here would hide the stored value. */
    private static boolean isFileBased(Configuration configuration) {
        return configuration
                .get(
                        YarnConfiguration.SCHEDULER_CONFIGURATION_STORE_CLASS,
                        YarnConfiguration.DEFAULT_CONFIGURATION_STORE)
                .equals(YarnConfiguration.FILE_CONFIGURATION_STORE);
    }

    private static void setUnlessKnown(Configuration configuration, Configuration defaults, String key, String value) {
        if (configuration.get(key) == null) {
            defaults.set(key, value);
        }
    }

    private StockSettings() {}
}
