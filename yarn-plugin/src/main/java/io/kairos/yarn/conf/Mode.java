/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.util.List;
import java.util.Locale;

/** How much of Kairos is in force. Can be changed while tasks run. */
public enum Mode {
    /** Stock behaviour: heartbeats place tasks, nothing is held or paused. */
    OFF,
    /** Tasks are placed as by Kairos; what the nodes would hold and pause is told and counted, and not done. */
    OBSERVE,
    /** Kairos. */
    ENFORCE;

    /** The names an admin writes. */
    static final List<String> NAMES = List.of("off", "observe", "enforce");

    /**
     * The mode of that name.
     *
     * @throws IllegalArgumentException there is none
     */
    public static Mode named(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no mode '" + name + "'");
        }
        return values()[index];
    }

    /** Its name, as an admin writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
