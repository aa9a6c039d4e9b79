/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.yarn.conf.Mode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * What the ResourceManager answers to a load report. Immutable.
 *
 * @param bound N + Q of the reporting node as the ResourceManager applies it
 * @param keys what orders the tasks of each application resident on the node, where the policy orders by application; empty
 *     where each task is ordered by its own attained service
 * @param mode what is in force in the cluster
 * @param terms on what terms the tasks of each resident application share the node; of one that is not named nothing is known
 */
public record LoadReportReply(
        int bound, SortedMap<ApplicationId, Double> keys, Mode mode, SortedMap<ApplicationId, ApplicationTerms> terms) {
    public LoadReportReply {
        if (bound < 1) {
            throw new IllegalArgumentException("a node's bound must be at least 1, was " + bound);
        }
        keys = Amounts.copy("key", keys, Double.MAX_VALUE);
        terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
    }

    /** What a ResourceManager says that knows of no modes: it enforces, and applications have the usual terms. */
    public LoadReportReply(int bound, SortedMap<ApplicationId, Double> keys) {
        this(bound, keys, Mode.ENFORCE, new TreeMap<>(Map.of()));
    }
}
