/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.ApplicationLine;
import io.kairos.yarn.why.Facts;
import io.kairos.yarn.why.NodeAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a cluster's pages tell of a container or an application; every node is asked. Not thread-safe. */
public final class ClusterFacts implements Facts {
    private final ClusterPages pages;
    private final ClusterPages.Central central;

    private ClusterFacts(ClusterPages pages, ClusterPages.Central central) {
        this.pages = pages;
        this.central = central;
    }

    /** @throws IOException no ResourceManager is active and has Kairos */
    public static ClusterFacts of(ClusterPages pages) throws IOException, InterruptedException {
        return new ClusterFacts(pages, pages.central());
    }

    @Override
    public String cluster() {
        return central.address().toString();
    }

    @Override
    public List<PlacementRow> placements(String id) throws IOException, InterruptedException {
        return pages.placements(central, id);
    }

    @Override
    public List<NodeAnswer> nodes(String id) throws IOException, InterruptedException {
        return pages.nodes(central);
    }

    @Override
    public List<DecisionRow> decisions(NodeAnswer node, String container) throws IOException, InterruptedException {
        return pages.decisions(central, node, container);
    }

    @Override
    public Optional<ApplicationLine> application(String application) throws IOException, InterruptedException {
        return Optional.ofNullable(pages.applications(central).get(application));
    }

    @Override
    public Optional<WorkLeftRow> workLeft(String application) throws IOException, InterruptedException {
        return pages.workLeft(central, application).stream().findFirst();
    }
}
