/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.eval.watch.ClusterPages.Central;
import io.kairos.eval.watch.ClusterPages.Daemon;
import io.kairos.yarn.why.NodeAnswer;
import java.util.List;

/**
 * A cluster that runs. Immutable.
 *
 * @param resourceManager the active one
 * @param kairos the central tier; not known where it runs without Kairos
 * @param nodes what the nodes said of themselves
 * @param reportAddress where load reports go
 * @param reportPort whether somebody listens there, seen from here
 */
public record Cluster(
        Daemon resourceManager,
        Known<Central> kairos,
        List<NodeAnswer> nodes,
        String reportAddress,
        Known<Boolean> reportPort) {
    public Cluster {
        nodes = List.copyOf(nodes);
    }
}
