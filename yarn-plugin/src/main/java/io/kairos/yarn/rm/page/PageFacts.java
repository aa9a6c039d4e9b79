/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.ApplicationLine;
import io.kairos.yarn.why.Explanation;
import io.kairos.yarn.why.Facts;
import io.kairos.yarn.why.NodeAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the ResourceManager can find out for the page: it knows itself where containers are, and asks only those nodes. For one question;
 * not thread-safe.
 */
final class PageFacts implements Facts {
    private static final int MOST_NODES = 32;
    private static final long PATIENCE_SECONDS = 6;

    private final CentralView central;
    private final NodeDesk desk;
    private final NodeDesk.Patience patience = new NodeDesk.Patience(PATIENCE_SECONDS);
    private final boolean ofContainer;

    /** Tasks of an application of whose decisions nothing is told have them asked for nothing. */
    private int decisionsLeft = Explanation.MOST_TOLD;

    PageFacts(CentralView central, NodeDesk desk, boolean ofContainer) {
        this.central = central;
        this.desk = desk;
        this.ofContainer = ofContainer;
    }

    @Override
    public String cluster() {
        return "this cluster";
    }

    @Override
    public List<PlacementRow> placements(String id) {
        return central.placements(id);
    }

    @Override
    public List<NodeAnswer> nodes(String id) throws InterruptedException {
        Set<String> wanted = new LinkedHashSet<>(central.nodesWith(id));
        central.placements(id).forEach(placement -> wanted.add(placement.nodeId()));
        List<NodeRow> asked = new ArrayList<>();
        List<NodeAnswer> others = new ArrayList<>();
        for (NodeRow node : central.nodes()) {
            if (wanted.contains(node.nodeId())) {
                if (asked.size() < MOST_NODES) {
                    asked.add(node);
                } else {
                    others.add(NodeAnswer.none(
                            node, "not asked, for the application is on more than " + MOST_NODES + " nodes"));
                }
            }
        }
        List<NodeAnswer> answers = new ArrayList<>(desk.ask(asked, patience));
        answers.addAll(others);
        return answers;
    }

    @Override
    public List<DecisionRow> decisions(NodeAnswer node, String container) throws IOException, InterruptedException {
        boolean isTask = node.tasks().stream().anyMatch(task -> task.container().equals(container));
        if (!ofContainer && (!isTask || decisionsLeft-- <= 0)) {
            return List.of();
        }
        return desk.decisions(node, container, patience);
    }

    @Override
    public Optional<ApplicationLine> application(String application) {
        return central.application(application);
    }

    @Override
    public Optional<WorkLeftRow> workLeft(String application) {
        return central.workLeft(application);
    }
}
