/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What wakes the placement thread and what only waits for it. */
class SignalsTest {
    private static final NodeId NODE = NodeId.newInstance("node-1", 1);
    private static final ApplicationAttemptId ATTEMPT =
            ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1);
    private static final NodeId OTHER = NodeId.newInstance("node-2", 1);
    private final NodesByName nodes = new NodesByName();
    private final Signals signals = new Signals(nodes);

    @BeforeEach
    void nodesOfTheirHosts() {
        nodes.joined(NODE.getHost(), NODE);
        nodes.joined(OTHER.getHost(), OTHER);
    }

    private static List<Signals.HostAsk> on(NodeId node, int tasks) {
        return List.of(new Signals.HostAsk(node.getHost(), tasks));
    }

    @Test
    void whatWasNotedIsTakenOnce() {
        assertThat(signals.isEmpty()).isTrue();
        signals.heard(NODE);
        signals.changed(OTHER);
        assertThat(signals.isEmpty()).isFalse();
        Signals.Notes notes = signals.take();
        assertThat(notes.heard()).containsExactly(NODE);
        assertThat(notes.changed()).containsExactly(OTHER);
        assertThat(signals.takeRetry()).isFalse();
        assertThat(signals.isEmpty()).isTrue();
        assertThat(signals.take()).isSameAs(Signals.Notes.NONE);
    }

    @Test
    void nodesAreTakenInTheOrderInWhichTheyWereNoted() {
        List<NodeId> joined = IntStream.range(0, 50)
                .mapToObj(number -> NodeId.newInstance("node-" + number * 7 % 50, 1))
                .toList();
        joined.forEach(signals::freed);
        assertThat(signals.take().changed()).containsExactlyElementsOf(joined);
    }

    @Test
    void theNewestReportOfANodeIsKept() {
        signals.reported(NODE, latest(1));
        signals.reported(NODE, latest(2));
        Signals.Notes notes = signals.take();
        assertThat(notes.reported()).hasSize(1).containsEntry(NODE, latest(2));
        assertThat(signals.takeRetry()).isFalse();
    }

    @Test
    void aFreedNodeIsLookedAtAndWorthAPass() {
        signals.freed(NODE);
        Signals.Notes notes = signals.take();
        assertThat(notes.changed()).containsExactly(NODE);
        assertThat(signals.takeRetry()).isTrue();
    }

    @Test
    void aNamedNodeIsTriedAtOnceAndOnceMoreAfterTheBestOnes() {
        signals.asked(ATTEMPT, on(NODE, 3));
        Signals.Notes notes = signals.take();
        assertThat(notes.named()).containsEntry(NODE, 3);
        assertThat(notes.heard()).containsExactly(NODE);
        assertThat(signals.takeRetry()).isTrue();
    }

    @Test
    void ofSeveralAsksForAHostTheLargestCounts() {
        signals.asked(ATTEMPT, List.of(new Signals.HostAsk("node-1", 2), new Signals.HostAsk("nowhere", 9)));
        signals.asked(ATTEMPT, on(NODE, 5));
        signals.asked(ATTEMPT, on(NODE, 3));
        assertThat(signals.take().named()).containsOnly(Map.entry(NODE, 5));
    }

    @Test
    void noHeartbeatIsLostWhileOthersAreTaken() throws InterruptedException {
        List<NodeId> heartbeats = IntStream.range(0, 20_000)
                .mapToObj(number -> NodeId.newInstance("node-" + number, 1))
                .toList();
        Thread dispatcher = new Thread(() -> heartbeats.forEach(signals::heard));
        Set<NodeId> taken = new HashSet<>();
        dispatcher.start();
        while (dispatcher.isAlive()) {
            taken.addAll(signals.take().heard());
        }
        dispatcher.join();
        taken.addAll(signals.take().heard());
        assertThat(taken).containsExactlyInAnyOrderElementsOf(heartbeats);
    }

    @Test
    void whoNamesNodesIsAskingUntilTheyAreTakenNoteOf() {
        signals.asking(ATTEMPT);
        signals.heard(NODE);
        signals.take();
        assertThat(signals.isAsking(ATTEMPT))
                .as("the scheduler may have the asks already")
                .isTrue();
        signals.asked(ATTEMPT, on(NODE, 1));
        assertThat(signals.isAsking(ATTEMPT)).isTrue();
        signals.asking(ATTEMPT);
        assertThat(signals.take().named()).containsOnlyKeys(NODE);
        assertThat(signals.isAsking(ATTEMPT)).as("with its next call").isTrue();
        signals.asked(ATTEMPT, on(OTHER, 1));
        assertThat(signals.take().named()).containsOnlyKeys(OTHER);
        assertThat(signals.isAsking(ATTEMPT)).isFalse();
    }

    private static ReportBook.Latest latest(long arrivedNanos) {
        return new ReportBook.Latest(new NodeCapacity(1, 1), new ServiceReport(0, 0, 0, 0, 0), arrivedNanos);
    }
}
