/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Arrays;

/** Reports as a node would make them from the attained service of its tasks. */
final class Reports {
    private Reports() {}

    /** A report of tasks with this attained service, in seconds, all of them running. */
    static ServiceReport ofRunning(double... attained) {
        double mean = Arrays.stream(attained).average().orElse(0);
        double variance = Arrays.stream(attained)
                .map(service -> (service - mean) * (service - mean))
                .average()
                .orElse(0);
        return new ServiceReport(
                attained.length,
                mean,
                variance,
                Arrays.stream(attained).min().orElse(0),
                Arrays.stream(attained).max().orElse(0));
    }
}
