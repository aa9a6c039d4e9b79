/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** What wakes the placement thread and what only waits for it. */
class SignalsTest {
    private static final NodeId NODE = NodeId.newInstance("node-1", 1);
    private final Signals signals = new Signals();

    @Test
    void reportsWakeNobodyAndTheNewestOfANodeIsKept() throws InterruptedException {
        signals.reported(NODE, latest(1));
        signals.reported(NODE, latest(2));
        assertThat(signals.await(0)).isFalse();
        assertThat(signals.takeReported()).hasSize(1).containsEntry(NODE, latest(2));
        assertThat(signals.takeReported()).isEmpty();
    }

    @Test
    void aNoteIsWaitedForNoLongerThanItTakes() throws InterruptedException {
        signals.changed(NODE);
        assertThat(signals.await(60_000)).isTrue();
        signals.take();
        assertThat(signals.await(0)).isFalse();
    }

    @Test
    void heartbeatsWakeNobodyAndAreWorthAStepWhenItsTurnComes() throws InterruptedException {
        signals.heard(NODE, false);
        assertThat(signals.await(0)).isFalse();
        signals.heard(NODE, true);
        assertThat(signals.await(0)).isTrue();
        assertThat(signals.take().heard()).containsExactly(NODE);
        assertThat(signals.await(0)).isFalse();
    }

    @Test
    void aNamedNodeIsTriedAtOnceAndOnceMoreAfterTheBestOnes() throws InterruptedException {
        signals.named(NODE, 3);
        assertThat(signals.await(60_000)).isTrue();
        Signals.Notes notes = signals.take();
        assertThat(notes.named()).containsEntry(NODE, 3);
        assertThat(notes.heard()).containsExactly(NODE);
    }

    private static ReportBook.Latest latest(long arrivedNanos) {
        return new ReportBook.Latest(new NodeCapacity(1, 1), new ServiceReport(0, 0, 0, 0, 0), arrivedNanos);
    }
}
