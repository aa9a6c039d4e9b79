/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.NANO;
import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.steady;
import static io.kairos.node.Node.task;
import static io.kairos.node.Node.withGuarantee;
import static io.kairos.node.Node.withMaxPause;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskView.State;
import org.junit.jupiter.api.Test;

/** The guarantee after P preemptions, and the maximum pause. W = 10 s, K = 2. */
class StarvationGuardTest {
    @Test
    void moreThanPPreemptionsEarnAGuaranteeAndPDoNot() {
        Node node = new Node(withGuarantee(plain(1), 1, 2));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).isEqualTo("RESUME a FREE_SLOT");
        node.run(7, "c");
        assertThat(node.finish(8, "c")).isEqualTo("RESUME a FREE_SLOT, GUARANTEE a PREEMPTED_TOO_OFTEN");
    }

    @Test
    void quantaRespectTheGuarantee() {
        Node node = new Node(withGuarantee(plain(1), 0, 2));
        node.run(0, "a");
        node.run(20, "b");
        assertThat(node.tick(30)).as("b 10 s, a 20 s").isEmpty();
        assertThat(node.tick(40)).as("b 20 s").isEmpty();
        assertThat(node.tick(50)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM, GUARANTEE a PREEMPTED_TOO_OFTEN");
        assertThat(node.tick(60)).isEmpty();
        assertThat(node.tick(70))
                .as("a 40 s, b 30 s, and the guarantee is over")
                .isEqualTo("PAUSE a QUANTUM, RESUME b QUANTUM, GUARANTEE b PREEMPTED_TOO_OFTEN");
    }

    @Test
    void theCountStartsAgainAfterTheGuarantee() {
        Node node = new Node(withGuarantee(plain(1), 1, 1));
        node.run(0, "a");
        node.run(5, "b");
        node.finish(6, "b");
        node.run(7, "c");
        assertThat(node.finish(8, "c")).endsWith("GUARANTEE a PREEMPTED_TOO_OFTEN"); // until 18
        node.run(20, "d");
        assertThat(node.finish(21, "d")).as("its first preemption since").isEqualTo("RESUME a FREE_SLOT");
    }

    @Test
    void anotherVictimIsTakenInPlaceOfAGuaranteedOne() {
        Node node = new Node(withGuarantee(plain(2), 0, 2));
        node.run(0, "a");
        node.run(4, "b");
        node.run(5, "c"); // pauses a
        node.finish(6, "c"); // a is guaranteed until 26
        assertThat(node.arrive(7, task("d"))).isEqualTo("PAUSE b ARRIVAL, LAUNCH d ARRIVAL");
    }

    @Test
    void aFailedResumeDoesNotUseUpTheGuarantee() {
        Node node = new Node(withGuarantee(plain(1), 0, 2));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).endsWith("GUARANTEE a PREEMPTED_TOO_OFTEN");
        node.resumeFailed(6.5, "a");
        assertThat(node.tick(7.5)).isEqualTo("RESUME a FAILED_RESUME, GUARANTEE a PREEMPTED_TOO_OFTEN");
        assertThat(node.arrive(8, task("c"))).isEqualTo("HOLD c NO_SLOT");
        assertThat(node.nextWake()).isEqualTo(17.5);
        node.tick(17.5);
        assertThat(node.tick(27.5)).startsWith("PAUSE a ARRIVAL");
    }

    @Test
    void theGuaranteeCanBeSwitchedOff() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        for (int i = 1; i < 20; i++) {
            assertThat(node.run(10 * i, "b" + i)).startsWith("PAUSE a");
            assertThat(node.finish(10 * i + 1, "b" + i)).isEqualTo("RESUME a FREE_SLOT");
        }
    }

    @Test
    void aTaskPausedTooLongTakesTheSlotOfTheMostServedAndIsGuaranteedService() {
        Node node = new Node(withMaxPause(plain(1), 7));
        node.run(0, "a");
        node.run(3, "b"); // a 3 s: no lead of half a quantum before 16
        assertThat(node.nextWake()).isEqualTo(10);
        assertThat(node.tick(10))
                .isEqualTo("PAUSE b PAUSED_TOO_LONG, RESUME a PAUSED_TOO_LONG, GUARANTEE a PAUSED_TOO_LONG");
        assertThat(node.arrive(11, task("c"))).isEqualTo("HOLD c NO_SLOT");
    }

    @Test
    void aTaskPausedTooLongIsFirstInLineWhenNobodyMayBeItsVictim() {
        Node node = new Node(withMaxPause(plain(1), 7));
        node.run(0, "a");
        node.run(9, "b");
        node.run(10, steady("c")); // a 9 s, b 1 s
        assertThat(node.tick(16)).isEmpty();
        assertThat(node.tick(17)).isEmpty();
        assertThat(node.finish(17, "c"))
                .as("a waits since 9, b since 10")
                .isEqualTo("RESUME a PAUSED_TOO_LONG, GUARANTEE a PAUSED_TOO_LONG");
    }

    @Test
    void pulsesDoNotInterruptAPause() {
        Node node = new Node(withMaxPause(Node.withKeepAlive(plain(1), 5, 1), 12));
        node.run(0, "a");
        node.run(4, steady("b"));
        assertThat(node.tick(9)).isEqualTo("PULSE_START a KEEP_ALIVE");
        assertThat(node.tick(10)).isEqualTo("PULSE_END a KEEP_ALIVE");
        assertThat(node.tick(14)).isEqualTo("PULSE_START a KEEP_ALIVE");
        assertThat(node.tick(15)).isEqualTo("PULSE_END a KEEP_ALIVE");
        assertThat(node.tick(16)).isEmpty();
        assertThat(node.state(16, "a")).isEqualTo(State.PAUSED);
        assertThat(node.finish(16 + NANO, "b")).startsWith("RESUME a PAUSED_TOO_LONG");
    }
}
