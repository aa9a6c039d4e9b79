/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.NodeRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a NodeManager said of itself when it was asked.
 *
 * @param node as the ResourceManager knows it
 * @param trouble why it said nothing; empty if it did
 * @param bean the name of its bean; empty if it said nothing
 * @param version of Kairos there; empty if it did not say
 * @param aheadMs how far its clock is ahead of this machine's, milliseconds, give or take what the answer took; absent if it did not say
 * @param settingsRefused why its yarn-site.xml as it is now was refused; empty while it is in force
 * @param pausingOff why it pauses nothing for now; empty while it does
 * @param reportAgeSeconds since the ResourceManager took its last load report
 * @param guaranteeGrants times it granted a task uninterrupted service
 * @param pauseFailures pauses that could not be carried out
 * @param tasks those on it
 * @param newestDecisions of all its tasks, in order
 */
public record NodeAnswer(
        NodeRow node,
        String trouble,
        String bean,
        String version,
        @Nullable Long aheadMs,
        String settingsRefused,
        String pausingOff,
        double reportAgeSeconds,
        long guaranteeGrants,
        long pauseFailures,
        List<TaskRow> tasks,
        List<DecisionRow> newestDecisions) {
    /** @param trouble why nothing is known */
    public static NodeAnswer none(NodeRow node, String trouble) {
        return new NodeAnswer(node, trouble, "", "", null, "", "", 0, 0, 0, List.of(), List.of());
    }
}
