/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.NANO;
import static io.kairos.node.Node.memory;
import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.steady;
import static io.kairos.node.Node.task;
import static io.kairos.node.Node.withLimits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.node.TaskView.State;
import org.junit.jupiter.api.Test;

/** What could not be carried out, what was found at a restart, and what memory and bound keep out. */
class RepairTest {
    @Test
    void withoutAnotherVictimAFailedPauseIsRepairedByTheNextEndAndNobodyGetsSlotsBefore() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.arrive(5, task("b"));
        assertThat(node.pauseFailed(6, "a")).as("b is launching: no victim").isEmpty();
        assertThat(node.arrive(7, task("c"))).isEqualTo("HOLD c NO_SLOT");
        assertThat(node.finish(8, "a")).as("b has the slot").isEmpty();
        assertThat(node.state(8, "c")).isEqualTo(State.HELD);
        assertThat(node.finish(9, "b")).isEqualTo("LAUNCH c FREE_SLOT");
    }

    @Test
    void aVictimWhosePauseFailedIsLeftAloneForAQuantum() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.arrive(5, steady("b"));
        node.started(5, "b");
        assertThat(node.pauseFailed(6, "a")).isEmpty();
        assertThat(node.nextWake()).isEqualTo(16);
        assertThat(node.tick(16)).isEqualTo("PAUSE a FAILED_PAUSE");
        assertThat(node.attained(16, "a")).isEqualTo(16);
    }

    @Test
    void failuresOfTasksThatEndedOrMovedOnMeanwhileAreIgnored() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(5, "b"); // pauses a
        node.finish(6, "a");
        assertThat(node.pauseFailed(6, "a")).isEmpty();
        assertThat(node.pauseFailed(6, "b")).as("it runs anyway").isEmpty();
        assertThat(node.resumeFailed(6, "b")).as("it was never resumed").isEmpty();
        assertThat(node.state(6, "b")).isEqualTo(State.RUNNING);
    }

    @Test
    void theSlotsOfATaskThatCouldNotBeResumedGoToOthers() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(3, "b");
        node.run(8, "c"); // a 3 s, b 5 s
        assertThat(node.finish(9, "c")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.resumeFailed(9, "a")).isEqualTo("RESUME b FREE_SLOT");
        assertThat(node.tick(10)).as("it may be resumed, but b has the slot").isEmpty();
        assertThat(node.finish(11, "b")).isEqualTo("RESUME a FAILED_RESUME");
    }

    @Test
    void adoptedTasksBeyondTheSlotsArePaused() {
        Node node = new Node(plain(2));
        assertThat(node.adopt(0, task("a"), 10, false)).isEmpty();
        assertThat(node.adopt(0, task("b"), 30, false)).isEmpty();
        assertThat(node.adopt(0, task("c"), 20, false)).isEqualTo("PAUSE b ADOPTED");
        assertThat(node.adopt(0, task("d"), 40, true)).isEmpty();
        assertThat(node.finish(1, "a")).isEqualTo("RESUME b FREE_SLOT");
    }

    @Test
    void anAdoptedTaskThatMustNotBePausedIsThawedAtOnce() {
        Node node = new Node(plain(1));
        node.adopt(0, task("a"), 10, false);
        assertThat(node.adopt(0, steady("b"), 5, true)).isEqualTo("RESUME b ADOPTED, PAUSE a ADOPTED");
        assertThat(node.resumeFailed(1, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.tick(2)).isEqualTo("RESUME b FAILED_RESUME, PAUSE a FAILED_RESUME");
    }

    @Test
    void aNegativeServiceIsNotAdopted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Node(plain(1)).adopt(0, task("a"), -NANO, false))
                .withMessage("attained service of a must be at least 0, was -1 ns");
    }

    @Test
    void theBoundHoldsTasksThatWouldHaveAVictim() {
        Node node = new Node(withLimits(plain(1), 2, Long.MAX_VALUE));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.arrive(9, task("c"))).isEqualTo("HOLD c BOUND");
        node.scheduler.launchBound(3);
        assertThat(node.nextWake()).as("at once").isEqualTo(9);
        assertThat(node.tick(10)).isEqualTo("PAUSE b ARRIVAL, LAUNCH c ARRIVAL");
    }

    @Test
    void memoryOfPausedTasksCountsAndIsFreedAtTheirEnd() {
        Node node = new Node(withLimits(plain(1), 9, 10));
        node.run(0, memory("a", 6));
        node.run(5, memory("b", 4));
        assertThat(node.arrive(9, memory("c", 1))).isEqualTo("HOLD c NO_MEMORY");
        assertThat(node.finish(10, "a")).isEqualTo("PAUSE b ARRIVAL, LAUNCH c ARRIVAL");
    }

    @Test
    void aTaskLargerThanTheMemoryRunsAloneAndLaterOnesDoNotKeepItOut() {
        Node node = new Node(withLimits(plain(2), 9, 10));
        node.run(0, memory("a", 5));
        assertThat(node.arrive(1, memory("huge", 11))).isEqualTo("HOLD huge NO_MEMORY");
        assertThat(node.arrive(2, memory("small", 1))).isEqualTo("HOLD small NO_MEMORY");
        assertThat(node.finish(3, "a")).isEqualTo("LAUNCH huge FREE_SLOT");
        assertThat(node.finish(4, "huge")).isEqualTo("LAUNCH small FREE_SLOT");
    }
}
