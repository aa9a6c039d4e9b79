/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.TieBreak;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/**
 * The central tier's configuration, read and checked once. Immutable.
 *
 * @param queueBound Q of nodes that set none of their own
 * @param tieBreak what decides between nodes with equally few tasks
 * @param seed of the random tie-break
 * @param reportHandlers threads that take load reports
 * @param reportExpiry age from which a report counts as unknown
 */
record CentralSettings(int queueBound, TieBreak tieBreak, long seed, int reportHandlers, Duration reportExpiry) {
    /** @throws io.kairos.yarn.conf.SettingException one line with key, value and what is allowed */
    static CentralSettings read(Configuration configuration) {
        ResourceManagerKeys.POLICY.read(configuration);
        return new CentralSettings(
                ResourceManagerKeys.QUEUE_BOUND.read(configuration),
                TieBreak.named(ResourceManagerKeys.TIE_BREAK.read(configuration)),
                ResourceManagerKeys.SEED.read(configuration),
                ResourceManagerKeys.REPORT_HANDLERS.read(configuration),
                ResourceManagerKeys.REPORT_EXPIRY.read(configuration));
    }
}
