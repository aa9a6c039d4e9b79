/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.SimulationSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The simulated cluster: settings that somebody chose, all others as usual. Immutable.
 *
 * @param chosen without {@link Setting#LOAD}
 */
record SimulatedCluster(Map<Setting, Double> chosen) {
    private static final double MOST_SLOTS = 1_000_000;

    /** All as usual. */
    static final SimulatedCluster USUAL = new SimulatedCluster(Map.of());

    SimulatedCluster {
        EnumMap<Setting, Double> sorted = new EnumMap<>(Setting.class);
        sorted.putAll(chosen);
        chosen = Collections.unmodifiableMap(sorted);
    }

    SimulatedCluster with(Setting setting, double value) {
        return with(new SimulatedCluster(Map.of(setting, value)));
    }

    /** Where both chose, the other one's choice. */
    SimulatedCluster with(SimulatedCluster other) {
        Map<Setting, Double> both = new LinkedHashMap<>(chosen);
        both.putAll(other.chosen);
        return new SimulatedCluster(both);
    }

    double value(Setting setting) {
        Double value = chosen.get(setting);
        return value == null ? setting.usual() : value;
    }

    int whole(Setting setting) {
        return (int) value(setting);
    }

    /** All slots of the cluster. */
    int slots() {
        double slots = value(Setting.NODES) * value(Setting.SLOTS);
        if (slots > MOST_SLOTS) {
            throw new IllegalArgumentException("nodes " + whole(Setting.NODES) + " of " + whole(Setting.SLOTS)
                    + " slots: expected at most 1000000 slots in all");
        }
        return (int) slots;
    }

    /**
     * What the simulator takes.
     *
     * @throws IllegalArgumentException if the settings contradict each other
     */
    SimulationSettings settings() {
        slots();
        return new SimulationSettings(
                whole(Setting.NODES),
                whole(Setting.SLOTS),
                whole(Setting.QUEUE_BOUND),
                value(Setting.QUANTUM),
                value(Setting.NETWORK_DELAY),
                value(Setting.START_COST),
                value(Setting.PREEMPTION_COST),
                value(Setting.REPORT_INTERVAL),
                value(Setting.SHORT_RESERVED) / 100,
                value(Setting.EAGLE_COMPAT) != 0);
    }

    /** Every setting with its value, for files. */
    Map<String, Object> typed() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            if (setting != Setting.LOAD) {
                all.put(setting.userName(), setting.typed(value(setting)));
            }
        }
        return all;
    }
}
