/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.TieBreak;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.Policy;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.protocol.ReportAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The central tier's configuration, read and checked as a whole. Immutable.
 *
 * @param mode what is in force
 * @param policy what orders tasks
 * @param patience of an application under the job-aware policy; empty: it waits however long
 * @param queueBound Q of nodes that set none of their own
 * @param tieBreak what decides between nodes with equally few tasks
 * @param seed of the random tie-break
 * @param reportHandlers threads that take load reports
 * @param reportExpiry age from which a report counts as unknown
 * @param hasPage whether the page is shown
 * @param reportInterval of the nodes, and so how often it is learned from reports what applications attained
 */
record CentralSettings(
        Mode mode,
        Policy policy,
        Optional<Duration> patience,
        int queueBound,
        TieBreak tieBreak,
        long seed,
        int reportHandlers,
        Duration reportExpiry,
        boolean hasPage,
        Duration reportInterval) {
    /** @throws io.kairos.yarn.conf.SettingException one line with key, value and what is allowed */
    static CentralSettings read(Configuration configuration) {
        ReportAddresses.own(configuration);
        return new CentralSettings(
                Mode.named(ResourceManagerKeys.MODE.read(configuration)),
                Policy.named(ResourceManagerKeys.POLICY.read(configuration)),
                ResourceManagerKeys.PATIENCE.read(configuration),
                ResourceManagerKeys.QUEUE_BOUND.read(configuration),
                TieBreak.named(ResourceManagerKeys.TIE_BREAK.read(configuration)),
                ResourceManagerKeys.SEED.read(configuration),
                ResourceManagerKeys.REPORT_HANDLERS.read(configuration),
                ResourceManagerKeys.REPORT_EXPIRY.read(configuration),
                ResourceManagerKeys.PAGE.read(configuration),
                NodeManagerKeys.REPORT_INTERVAL.read(configuration));
    }

    /** What breaks ties, alone. */
    record Ordering(TieBreak tieBreak, long seed) {}

    Ordering ordering() {
        return new Ordering(isJobAware() ? TieBreak.WORK_LEFT : tieBreak, seed);
    }

    /** Whether what is known of jobs orders anything; in stock YARN it does not. */
    boolean isJobAware() {
        return policy == Policy.KAIROS_JOB && mode != Mode.OFF;
    }

    /**
     * The same with those values of another one that a running ResourceManager takes; what takes a restart stays, so that the
     * log never says what is not so.
     */
    CentralSettings refreshedBy(CentralSettings fresh) {
        return new CentralSettings(
                fresh.mode,
                fresh.policy,
                fresh.patience,
                fresh.queueBound,
                fresh.tieBreak,
                fresh.seed,
                reportHandlers,
                reportExpiry,
                fresh.hasPage,
                reportInterval);
    }

    /** The keys whose values differ and take a restart. */
    static List<String> restartFor(Configuration atStart, Configuration fresh) {
        return ResourceManagerKeys.ALL.stream()
                .filter(key -> !key.isLive()
                        && !fresh.getTrimmed(key.name(), key.defaultText())
                                .equals(atStart.getTrimmed(key.name(), key.defaultText())))
                .map(Key::name)
                .toList();
    }
}
