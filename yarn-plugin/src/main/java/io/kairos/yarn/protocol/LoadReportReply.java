/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.util.SortedMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * What the ResourceManager answers to a load report. Immutable.
 *
 * @param bound N + Q of the reporting node as the ResourceManager applies it
 * @param keys what orders the tasks of each application resident on the node, where the policy orders by application; empty
 *     where each task is ordered by its own attained service
 */
public record LoadReportReply(int bound, SortedMap<ApplicationId, Double> keys) {
    public LoadReportReply {
        if (bound < 1) {
            throw new IllegalArgumentException("a node's bound must be at least 1, was " + bound);
        }
        keys = Amounts.copy("key", keys);
    }
}
