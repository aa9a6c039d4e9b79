/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.util.List;
import java.util.Locale;

/** What orders tasks. Can be changed while tasks run. */
public enum Policy {
    /** As published: applications as their queue says, tasks of a node by what each has attained. */
    KAIROS,
    /** Those of the job that has least work left, as far as it shows, in each queue and on each node. */
    KAIROS_JOB;

    /** The names an admin writes. */
    static final List<String> NAMES = List.of("kairos", "kairos-job");

    /**
     * The policy of that name.
     *
     * @throws IllegalArgumentException there is none
     */
    public static Policy named(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no policy '" + name + "'");
        }
        return values()[index];
    }

    /** Its name, as an admin writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
