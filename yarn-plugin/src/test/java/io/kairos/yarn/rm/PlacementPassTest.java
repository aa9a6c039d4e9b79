/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import io.kairos.yarn.rm.CentralSettings.Ordering;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** The order of placements over a cluster that is a map of counts. */
class PlacementPassTest {
    private static final int BOUND = 3;

    private final FakeCluster cluster = new FakeCluster();
    private final NodeLoads<NodeId> loads =
            new NodeLoads<>(() -> new Ordering(TieBreak.VARIANCE, 1), cluster::find, cluster::view, NoJobs.KNOWN);
    private long now;
    private final PlacementPass<NodeId> pass = new PlacementPass<>(loads, cluster, () -> now);

    @Test
    void fillsTheNodeWithTheFewestTasksFirstUpToTheBound() {
        join(3);
        cluster.pending = 14;
        run(true);
        assertThat(cluster.tasks.values()).containsOnly(BOUND);
        assertThat(cluster.pending).isEqualTo(5);

        cluster.tasks.merge(node(1), -1, Integer::sum);
        pass.note(new Signals.Notes(Set.of(node(1)), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        run(false);
        assertThat(cluster.tasks.values()).containsOnly(BOUND);
        assertThat(cluster.pending).isEqualTo(4);
    }

    @Test
    void lowestVarianceBreaksTheTieAndAnExpiredReportDoesNotComeBack() {
        join(2);
        cluster.reports.put(node(1), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 5, 0, 0), 10));
        cluster.reports.put(node(0), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 9, 0, 0), 20));
        pass.note(new Signals.Notes(cluster.nodes(), Set.of(), Map.of(), Map.of()));
        pass.rest();
        assertThat(best()).contains(node(1));
        loads.expireReports(100);
        assertThat(best()).contains(node(0));
        pass.note(new Signals.Notes(cluster.nodes(), Set.of(), Map.of(), Map.of()));
        pass.rest();
        assertThat(best()).contains(node(0));
    }

    @Test
    void aReportOrdersNodesWithoutALookAtThemAndStrangersAreLeftOut() {
        join(2);
        pass.rest();
        loads.report(node(0), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 9, 0, 0), 10));
        loads.report(node(1), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 5, 0, 0), 10));
        loads.report(node(7), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 0, 0, 0), 10));
        assertThat(best()).contains(node(1));
        loads.expireReports(100);
        loads.report(node(1), new ReportBook.Latest(capacity(), new ServiceReport(0, 0, 5, 0, 0), 10));
        assertThat(best()).as("applied once: it does not come back to life").contains(node(0));
    }

    @Test
    void aNodeWithAHeartbeatGetsATryAlsoWhenFull() {
        join(2);
        cluster.tasks.replaceAll((node, tasks) -> BOUND);
        cluster.masters = 1;
        cluster.pending = 1;
        pass.note(new Signals.Notes(cluster.nodes(), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        run(false);
        assertThat(cluster.masters).isEqualTo(1);
        pass.note(new Signals.Notes(Set.of(), Set.of(node(1)), Map.of(), Map.of()));
        run(false);
        assertThat(cluster.masters).isZero();
    }

    @Test
    void nodesThatAsksNameTakeTurnsWhileTheyHaveFreeSlots() {
        join(4);
        cluster.pending = 6;
        cluster.tasks.put(node(3), 1);
        Map<NodeId, Integer> named = new LinkedHashMap<>();
        named.put(node(3), 5);
        named.put(node(2), 1);
        pass.note(new Signals.Notes(Set.of(node(3)), Set.of(), named, Map.of()));
        pass.startOver();
        run(false);
        assertThat(cluster.tried).containsExactly(node(3), node(2), node(0), node(1), node(2), node(0));
        assertThat(cluster.triedAsNamed).containsExactly(node(3), node(2));
        assertThat(cluster.pending).isZero();
    }

    @Test
    void aNodeWithoutRoomIsNoCandidateUntilItHasSome() {
        join(2);
        cluster.packed.add(node(0));
        cluster.pending = 2;
        pass.note(new Signals.Notes(Set.of(node(0)), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        run(false);
        assertThat(cluster.tried).containsExactly(node(1), node(1));

        cluster.packed.clear();
        cluster.pending = 1;
        pass.note(new Signals.Notes(Set.of(node(0)), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        run(false);
        assertThat(cluster.tried).endsWith(node(0));
    }

    @Test
    void whatWasNamedWhileNothingWaitsIsForgotten() {
        join(2);
        cluster.tasks.put(node(1), 1);
        pass.note(new Signals.Notes(Set.of(node(1)), Set.of(), Map.of(node(1), 5), Map.of()));
        pass.startOver();
        pass.rest();
        cluster.pending = 1;
        run(true);
        assertThat(cluster.tried).containsExactly(node(0));
    }

    @Test
    void unusableAndDepartedNodesAreLeftOut() {
        join(3);
        cluster.unusable.add(node(0));
        cluster.tasks.remove(node(1));
        pass.note(new Signals.Notes(Set.of(node(1)), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        cluster.pending = 9;
        run(false);
        assertThat(cluster.tasks).isEqualTo(Map.of(node(0), 0, node(2), BOUND));
    }

    @Test
    void triesInVainAreBoundedWhateverTheNumberOfNodes() {
        join(1_000);
        cluster.pending = 1;
        cluster.refuseAll = true;
        run(true);
        assertThat(cluster.tried).hasSize(PlacementPass.MOST_VAIN_TRIES).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotedBetweenTwoTriesCountsForTheNext() {
        join(2);
        cluster.pending = 2;
        pass.startOver();
        pass.tryOnce();
        // Somebody else fills the other node, which would be next.
        cluster.tasks.put(node(1), BOUND - 1);
        pass.note(new Signals.Notes(Set.of(node(1)), Set.of(), Map.of(), Map.of()));
        pass.tryOnce();
        assertThat(cluster.tried).containsExactly(node(0), node(0));
    }

    @Test
    void eachTryIsToldWithTheTimeItTook() {
        join(1);
        cluster.pending = BOUND;
        cluster.nanosATry = 7;
        pass.startOver();
        run(false);
        assertThat(cluster.nanosOfPlacements).containsExactly(7L, 7L, 7L);
    }

    @Test
    void nothingIsTriedWhenNothingIsPending() {
        join(3);
        pass.note(new Signals.Notes(cluster.nodes(), cluster.nodes(), Map.of(), Map.of()));
        pass.startOver();
        assertThat(pass.rest()).isFalse();
        cluster.pending = 1;
        run(false);
        assertThat(cluster.tried).isEmpty();
    }

    @Test
    void whatIsProposedCountsForTheNextProposalsAndWhatIsRefusedIsTriedAgain() {
        join(4);
        cluster.mostProposals = 8;
        cluster.pending = 9;
        run(true);
        // One, two and four at a time, each on the node that has fewest by then; of the last ones three were too many.
        assertThat(cluster.tasks.values()).containsExactlyInAnyOrder(2, 2, 2, 3);
        assertThat(cluster.pending).isZero();
        assertThat(cluster.proposed).isEmpty();

        cluster.pending = 3;
        run(true);
        assertThat(cluster.tasks.values()).containsOnly(BOUND);
    }

    @Test
    void partitionsAreFilledEachByItself() {
        join(2);
        cluster.partitions.put(node(1), "gpu");
        pass.note(new Signals.Notes(cluster.nodes(), Set.of(), Map.of(), Map.of()));
        pass.startOver();
        cluster.pending = 6;
        run(false);
        assertThat(cluster.tasks.values()).containsOnly(BOUND);
    }

    private Optional<NodeId> best() {
        return loads.best(partition -> true, node -> true).map(RankedNode::id);
    }

    @Test
    void whereNobodyMayShareNoWorseNodeIsTriedUntilMoreMayBePlaced() {
        join(5);
        cluster.pending = 3;
        cluster.nobodyShares = true;
        run(true);
        assertThat(cluster.tried).containsExactly(node(0));
        run(false);
        assertThat(cluster.tried).hasSize(1);

        cluster.nobodyShares = false;
        run(true);
        assertThat(cluster.pending).isZero();
    }

    private void join(int nodes) {
        IntStream.range(0, nodes).forEach(node -> cluster.tasks.put(node(node), 0));
        pass.note(new Signals.Notes(cluster.nodes(), Set.of(), Map.of(), Map.of()));
    }

    private void run(boolean fresh) {
        if (fresh) {
            pass.startOver();
        }
        for (int tries = 0; cluster.anythingPending() && pass.tryOnce(); tries++) {
            assertThat(tries).as("a pass comes to an end").isLessThan(10_000);
        }
    }

    private static NodeId node(int number) {
        return NodeId.newInstance("node", number);
    }

    private static NodeCapacity capacity() {
        return new NodeCapacity(2, BOUND - 2);
    }

    private final class FakeCluster implements PlacementPass.Placer<NodeId> {
        /** In the order in which they join. */
        final Map<NodeId, Integer> tasks = new LinkedHashMap<>();

        final Map<NodeId, ReportBook.Latest> reports = new HashMap<>();
        final Map<NodeId, String> partitions = new HashMap<>();
        final Set<NodeId> unusable = new HashSet<>();
        final Set<NodeId> packed = new HashSet<>();
        final List<NodeId> tried = new ArrayList<>();
        final List<NodeId> triedAsNamed = new ArrayList<>();
        int pending;
        int masters;
        boolean refuseAll;
        boolean nobodyShares;
        int mostProposals = 1;
        final Deque<NodeId> proposed = new ArrayDeque<>();
        final List<Long> nanosOfPlacements = new ArrayList<>();
        long nanosATry;

        Set<NodeId> nodes() {
            return new LinkedHashSet<>(tasks.keySet());
        }

        Optional<NodeId> find(NodeId node) {
            return Optional.of(node).filter(tasks::containsKey);
        }

        NodeLoads.View view(NodeId node) {
            return new NodeLoads.View(
                    partitions.getOrDefault(node, ""),
                    capacity(),
                    NoJobs.tasks(tasks.getOrDefault(node, 0)),
                    !packed.contains(node),
                    Optional.ofNullable(reports.get(node)));
        }

        boolean anythingPending() {
            return pending > 0 || masters > 0;
        }

        @Override
        public boolean isUsable(RankedNode<NodeId> node) {
            return !unusable.contains(node.node());
        }

        @Override
        public int mostProposals() {
            return mostProposals;
        }

        @Override
        public PlacementPass.Proposed propose(RankedNode<NodeId> ranked, boolean named) {
            NodeId node = ranked.node();
            tried.add(node);
            if (named) {
                triedAsNamed.add(node);
            }
            now += nanosATry;
            if (nobodyShares) {
                return PlacementPass.Proposed.NOBODY_SHARES;
            }
            if (masters == 0 && (refuseAll || pending == 0 || tasks.getOrDefault(node, BOUND) >= BOUND)) {
                return PlacementPass.Proposed.NOTHING;
            }
            proposed.add(node);
            return PlacementPass.Proposed.ONE_MORE;
        }

        @Override
        public boolean commit() {
            NodeId node = proposed.remove();
            if (masters > 0) {
                masters--;
                return true;
            }
            if (refuseAll || pending == 0 || tasks.getOrDefault(node, BOUND) >= BOUND) {
                return false;
            }
            pending--;
            tasks.merge(node, 1, Integer::sum);
            return true;
        }

        @Override
        public void tried(boolean placed, long nanos) {
            if (placed) {
                nanosOfPlacements.add(nanos);
            }
        }
    }
}
