/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.ApplicationLine;
import java.util.List;
import java.util.Map;

/** What a click leads to. */
final class Details {
    private Details() {}

    /**
     * A node.
     *
     * @param trouble why it told nothing of its tasks; empty if it did
     * @param applications of its tasks, by their ids, as far as the viewer may see them
     * @param decisions the newest of all its tasks, in order
     */
    record OfNode(
            long timeMs,
            NodeRow node,
            String trouble,
            List<String> warnings,
            List<TaskRow> tasks,
            Map<String, ApplicationLine> applications,
            List<DecisionRow> decisions) {}

    /**
     * A container or an application.
     *
     * @param node where the container is or was; empty for an application
     * @param application its own id, or that of the container's application
     * @param sentences as {@code kairos why} tells them; what was decided begins with two blanks
     */
    record OfId(long timeMs, String id, String node, String application, List<String> sentences) {}
}
