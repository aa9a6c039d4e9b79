/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import io.kairos.yarn.rm.CentralSettings.Ordering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** The index follows a tie-break that changes while nodes are in it, and what is known of jobs. */
class NodeLoadsTest {
    private static final NodeId EVEN = NodeId.newInstance("even", 1);
    private static final NodeId FRESH = NodeId.newInstance("fresh", 1);
    private static final ApplicationId LONG = ApplicationId.newInstance(1, 1);
    private static final ApplicationId SHORT = ApplicationId.newInstance(1, 2);
    private static final NodeCapacity CAPACITY = new NodeCapacity(2, 2);

    private final Map<NodeId, ServiceReport> reports = Map.of(
            EVEN, new ServiceReport(2, 50, 1, 49, 51),
            FRESH, new ServiceReport(2, 5, 9, 2, 8));
    private final Map<NodeId, List<ApplicationId>> owners =
            new HashMap<>(Map.of(EVEN, List.of(LONG, LONG), FRESH, List.of(SHORT, SHORT)));
    private Ordering ordering = new Ordering(TieBreak.VARIANCE, 1);
    private final Map<ApplicationId, Double> workLeft = new HashMap<>(Map.of(LONG, 1_000.0, SHORT, 5.0));
    private long round;
    private final NodeLoads<NodeId> loads =
            new NodeLoads<>(() -> ordering, Optional::of, this::view, new NodeLoads.JobKeys() {
                @Override
                public long round() {
                    return round;
                }

                @Override
                public double key(ApplicationId application) {
                    return Objects.requireNonNull(workLeft.get(application));
                }
            });

    @Test
    void anotherTieBreakTakesEffectAtTheNextChoice() {
        reports.keySet().forEach(loads::refresh);
        assertThat(best()).contains(EVEN);

        ordering = new Ordering(TieBreak.SUM, 1);
        assertThat(best()).contains(FRESH);

        ordering = new Ordering(TieBreak.VARIANCE, 1);
        assertThat(best()).contains(EVEN);
    }

    @Test
    void byWorkLeftTheBestNodeIsWhoseVictimHasMost() {
        ordering = new Ordering(TieBreak.WORK_LEFT, 1);
        reports.keySet().forEach(loads::refresh);
        assertThat(best()).contains(EVEN);
        assertThat(victimWorkLeft(EVEN)).hasValue(1_000);
        assertThat(victimWorkLeft(FRESH)).hasValue(5);

        // Nothing is asked anew before all is learned anew.
        workLeft.putAll(Map.of(LONG, 2.0, SHORT, 5.0));
        assertThat(best()).contains(EVEN);
        round++;
        assertThat(best()).contains(FRESH);

        owners.put(FRESH, List.of(SHORT));
        loads.refresh(FRESH);
        assertThat(best()).contains(FRESH);
        assertThat(victimWorkLeft(FRESH)).as("a slot is free").isEmpty();

        owners.put(EVEN, List.of(SHORT, LONG, LONG));
        loads.refresh(EVEN);
        assertThat(victimWorkLeft(EVEN))
                .as("of three tasks the two with least run")
                .hasValue(2);
    }

    @Test
    void whereATaskIsOnlyExpectedItIsNotKnownWhoGivesWayUntilItIsCounted() {
        ordering = new Ordering(TieBreak.WORK_LEFT, 1);
        owners.put(EVEN, List.of(LONG));
        reports.keySet().forEach(loads::refresh);
        assertThat(best()).contains(EVEN);
        RankedNode<NodeId> even = loads.find(EVEN).orElseThrow();
        assertThat(loads.isUnsure(even)).isFalse();
        loads.expectTask(even);
        assertThat(loads.isUnsure(even)).isTrue();
        owners.put(EVEN, List.of(LONG, SHORT));
        loads.recount(even);
        assertThat(loads.isUnsure(even)).isFalse();
        assertThat(victimWorkLeft(EVEN)).hasValue(1_000);
    }

    @Test
    void nobodyIsKnownToGiveWayUnderAnotherTieBreak() {
        reports.keySet().forEach(loads::refresh);
        assertThat(victimWorkLeft(EVEN)).isEmpty();
        ordering = new Ordering(TieBreak.WORK_LEFT, 1);
        assertThat(best()).contains(EVEN);
        assertThat(victimWorkLeft(EVEN)).hasValue(1_000);
    }

    private OptionalDouble victimWorkLeft(NodeId node) {
        return loads.victimWorkLeft(loads.find(node).orElseThrow());
    }

    private Optional<NodeId> best() {
        return loads.best(partition -> true, node -> true).map(RankedNode::id);
    }

    private NodeLoads.View view(NodeId node) {
        ReportBook.Latest latest = new ReportBook.Latest(CAPACITY, Objects.requireNonNull(reports.get(node)), 10);
        return new NodeLoads.View("", CAPACITY, Objects.requireNonNull(owners.get(node)), true, Optional.of(latest));
    }
}
