/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What can be found out of a cluster by whoever explains it. All of it may ask daemons, and fail with one line. */
public interface Facts {
    /** What the cluster is called where nothing is known of an id. */
    String cluster();

    /** The placements of a container or an application that are still known, in order. */
    List<PlacementRow> placements(String id) throws IOException, InterruptedException;

    /** What the nodes say that had or may have tasks of it; one that does not answer is told as such. */
    List<NodeAnswer> nodes(String id) throws IOException, InterruptedException;

    /** What a node decided of a task, in order; empty if it knows nothing of it. */
    List<DecisionRow> decisions(NodeAnswer node, String container) throws IOException, InterruptedException;

    /** Empty where it ended, or may not be seen. */
    Optional<ApplicationLine> application(String application) throws IOException, InterruptedException;

    /** Empty where the policy does not go by it. */
    Optional<WorkLeftRow> workLeft(String application) throws IOException, InterruptedException;
}
