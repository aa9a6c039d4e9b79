/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.rm.CentralCounters;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.ApplicationLine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The central tier as the page sees it. Thread-safe, and short: no answer waits for the scheduler's lock. */
public interface CentralView {
    /** Whether the page is to be shown at all; may change at any time. */
    boolean hasPage();

    String mode();

    String policy();

    CentralCounters counters();

    /** All nodes, in order. */
    List<NodeRow> nodes();

    /** Containers that are asked for and not placed. */
    long asks();

    /** Applications that ask for containers, the one that is served first in front as far as that is known. */
    List<WaitingRow> waiting();

    /** The placements of a container or an application that are still known, in order; none of anything else. */
    List<PlacementRow> placements(String id);

    /** Nodes on which that container, or containers of that application, are now. */
    Set<String> nodesWith(String id);

    Optional<WorkLeftRow> workLeft(String application);

    Optional<ApplicationLine> application(String application);

    /**
     * Which applications' users, names and queues somebody may see: what YARN's own list of applications shows this user.
     *
     * @param user as the web server's filters say; empty for nobody in particular
     */
    Predicate<String> visibleTo(String user);

    /** Whether that is not the same for everybody. */
    boolean hidesApplications();
}
