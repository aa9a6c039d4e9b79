/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import io.kairos.yarn.rm.CentralSettings.Ordering;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** The index follows a tie-break that changes while nodes are in it. */
class NodeLoadsTest {
    private static final NodeId EVEN = NodeId.newInstance("even", 1);
    private static final NodeId FRESH = NodeId.newInstance("fresh", 1);
    private static final NodeCapacity CAPACITY = new NodeCapacity(2, 2);

    private final Map<NodeId, ServiceReport> reports = Map.of(
            EVEN, new ServiceReport(2, 50, 1, 49, 51),
            FRESH, new ServiceReport(2, 5, 9, 2, 8));
    private Ordering ordering = new Ordering(TieBreak.VARIANCE, 1);
    private final NodeLoads<NodeId> loads = new NodeLoads<>(() -> ordering, Optional::of, this::view);

    @Test
    void anotherTieBreakTakesEffectAtTheNextChoice() {
        reports.keySet().forEach(loads::refresh);
        assertThat(best()).contains(EVEN);

        ordering = new Ordering(TieBreak.SUM, 1);
        assertThat(best()).contains(FRESH);

        ordering = new Ordering(TieBreak.VARIANCE, 1);
        assertThat(best()).contains(EVEN);
    }

    private Optional<NodeId> best() {
        return loads.best(partition -> true, node -> true).map(RankedNode::id);
    }

    private NodeLoads.View view(NodeId node) {
        ReportBook.Latest latest = new ReportBook.Latest(CAPACITY, Objects.requireNonNull(reports.get(node)), 10);
        return new NodeLoads.View("", CAPACITY, 2, true, Optional.of(latest));
    }
}
