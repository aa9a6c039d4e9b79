/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.node.TaskView.State;
import org.junit.jupiter.api.Test;

/** What changes while tasks run, wait and are paused: the node's parameters, and the tasks' terms. */
class ReconfigureTest {
    @Test
    void fewerSlotsPauseWhoHasAttainedMostAndMoreResumeThem() {
        Node node = new Node(plain(3));
        node.run(0, "a");
        node.run(1, "b");
        node.run(2, "c");

        assertThat(node.reconfigure(5, plain(1))).isEqualTo("PAUSE a SETTINGS, PAUSE b SETTINGS");
        assertThat(node.reconfigure(6, plain(2))).isEqualTo("RESUME b FREE_SLOT");
        assertThat(node.reconfigure(7, plain(3))).isEqualTo("RESUME a FREE_SLOT");
    }

    @Test
    void aNodeWithoutLimitsHoldsAndPausesNothing() {
        Node node = new Node(Node.withLimits(plain(1), 2, 10));
        node.run(0, "a");
        node.run(3, "b");
        node.arrive(4, task("c"));
        assertThat(node.state(4, "a")).isEqualTo(State.PAUSED);
        assertThat(node.state(4, "c")).isEqualTo(State.HELD);

        assertThat(node.reconfigure(5, plain(1).unlimited())).isEqualTo("LAUNCH c FREE_SLOT, RESUME a FREE_SLOT");
        assertThat(node.run(6, task("d", 500))).isEqualTo("LAUNCH d ARRIVAL");
    }

    @Test
    void aWideTaskTakesAllSlotsOfASmallerNodeAndWhatItAskedForOfALargerOne() {
        Node node = new Node(plain(4));
        node.run(0, task("wide", 3));
        node.run(1, "narrow");

        assertThat(node.reconfigure(2, plain(2))).isEqualTo("PAUSE wide SETTINGS");
        assertThat(node.reconfigure(3, plain(4))).isEqualTo("RESUME wide FREE_SLOT");
    }

    @Test
    void aShorterQuantumAppliesToTheOneUnderWay() {
        Node node = new Node(Node.withLimits(plain(1), 2, 10));
        node.run(0, "a");
        node.run(4, "b");
        assertThat(node.nextWake()).isEqualTo(14);

        node.reconfigure(5, Node.withQuantum(plain(1), 2));
        assertThat(node.nextWake()).isEqualTo(9); // not at 7, for b has attained 3 then, and a 4
        assertThat(node.tick(7)).isEmpty();
        assertThat(node.tick(9)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void aLongerQuantumLetsTheOneUnderWayEndFirst() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(4, "b");

        node.reconfigure(5, Node.withQuantum(plain(1), 12));
        assertThat(node.nextWake()).isEqualTo(14); // when b has attained 10, half a quantum more than a
        assertThat(node.tick(14)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void aMaximumPauseAppliesToWhoIsPausedAlready() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");

        assertThat(node.reconfigure(6, Node.withMaxPause(plain(1), 4)))
                .isEqualTo("PAUSE b PAUSED_TOO_LONG, RESUME a PAUSED_TOO_LONG, GUARANTEE a PAUSED_TOO_LONG");
    }

    @Test
    void pulsesComeAnIntervalAfterATaskWasLastHeardOf() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");

        node.reconfigure(3, Node.withKeepAlive(plain(1), 5, 1));
        assertThat(node.tick(6)).isEqualTo("PULSE_START a KEEP_ALIVE");
        node.reconfigure(6.5, plain(1));
        assertThat(node.tick(7)).isEqualTo("PULSE_END a KEEP_ALIVE");
        assertThat(node.nextWake()).isEqualTo(11); // the quantum of b, and no pulse
    }

    @Test
    void aSmallerBoundHoldsWhoComesAndTakesNothingBack() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");

        assertThat(node.reconfigure(2, Node.withLimits(plain(1), 1, Long.MAX_VALUE)))
                .isEmpty();
        assertThat(node.arrive(3, task("c"))).isEqualTo("HOLD c BOUND");
    }

    @Test
    void aTaskOfTwiceTheWeightAgesHalfAsFast() {
        Node node = new Node(plain(2));
        node.run(0, task("heavy").on(new TaskTerms(true, 2)));
        node.run(1, "light");

        // heavy has attained 5, which counts as 2.5; light 4
        assertThat(node.run(5, "new")).startsWith("PAUSE light ARRIVAL");
        assertThat(node.attained(5, "heavy")).isEqualTo(5);
        assertThat(Node.seconds(node.scheduler.summary(Node.nanos(5)).mostRunningNanos()))
                .isEqualTo(2.5);
    }

    @Test
    void aTaskThatMustNotBePausedAnyMoreRunsAtOnceInThePlaceOfAnother() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");

        assertThat(node.change(2, "a", new TaskTerms(false, 1))).isEqualTo("RESUME a SETTINGS, PAUSE b SETTINGS");
        assertThat(node.change(3, "b", new TaskTerms(false, 1))).isEqualTo("RESUME b SETTINGS");
        assertThat(node.change(4, "b", new TaskTerms(true, 1))).isEqualTo("PAUSE b SETTINGS");
    }

    @Test
    void whereTheResumeOfSuchATaskFailsTheNextTryIsMadeWhateverTheSlots() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");
        node.run(2, "c");
        assertThat(node.change(3, "a", new TaskTerms(false, 1))).contains("RESUME a SETTINGS");
        assertThat(node.change(3, "b", new TaskTerms(false, 1))).contains("RESUME b SETTINGS");
        node.change(3, "c", new TaskTerms(false, 1));

        node.resumeFailed(3, "a");
        assertThat(node.nextWake()).isEqualTo(4);
        assertThat(node.tick(4)).isEqualTo("RESUME a FAILED_RESUME");
    }

    @Test
    void aPauseThatFailedIsServiceFromItsBeginningWhateverTermsChangedMeanwhile() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(1, "b");
        node.change(2, "a", new TaskTerms(true, 3));

        node.pauseFailed(3, "a");
        assertThat(node.attained(3, "a")).isEqualTo(3);
    }

    @Test
    void weightsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new TaskTerms(true, 0)).hasMessage("weight must be from 0.01 to 100.0, was 0.0");
        assertThatThrownBy(() -> new TaskTerms(true, Double.NaN)).hasMessageContaining("NaN");
    }
}
