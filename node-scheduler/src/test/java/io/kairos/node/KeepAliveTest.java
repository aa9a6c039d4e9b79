/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.steady;
import static io.kairos.node.Node.taskOf;
import static io.kairos.node.Node.withKeepAlive;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskView.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pulses of 1 s each 8 s (W = 10 s). */
class KeepAliveTest {
    private final Node node = new Node(withKeepAlive(plain(1), 8, 1));

    @Test
    void aPausedTaskIsThawedForAMomentAtATime() {
        node.run(0, "a");
        node.run(5, steady("b"));
        assertThat(node.nextWake()).isEqualTo(13);
        assertThat(node.tick(13)).isEqualTo("PULSE_START a KEEP_ALIVE");
        assertThat(node.view(13.5, "a").pulsing()).isTrue();
        assertThat(node.nextWake()).isEqualTo(14);
        assertThat(node.tick(14)).isEqualTo("PULSE_END a KEEP_ALIVE");
        assertThat(node.nextWake())
                .as("an interval after the last pulse's start")
                .isEqualTo(21);
        assertThat(node.attained(20, "a")).as("it is served while it is thawed").isEqualTo(6);
        assertThat(node.view(20, "a").pausedNanos()).isEqualTo(14 * Node.SECOND);
        assertThat(node.view(20, "a").preemptions()).isEqualTo(1);
    }

    @Test
    void aTaskThatIsGivenUpSoonIsPulsedFourTimesInThatTime() {
        Node rare = new Node(withKeepAlive(plain(1), 30, 1));
        rare.run(0, "a");
        rare.run(5, steady("b"));
        assertThat(rare.nextWake()).isEqualTo(35);
        rare.scheduler.limitSilence("a", 60 * Node.SECOND, Node.nanos(6));
        assertThat(rare.nextWake()).isEqualTo(20);
        assertThat(rare.tick(20)).isEqualTo("PULSE_START a KEEP_ALIVE");
        rare.tick(21);
        assertThat(rare.nextWake()).isEqualTo(35);
    }

    @Test
    void aTaskThatIsGivenUpLateIsPulsedAsAllOthers() {
        node.run(0, "a");
        node.run(5, steady("b"));
        node.scheduler.limitSilence("a", 600 * Node.SECOND, Node.nanos(6));
        assertThat(node.nextWake()).isEqualTo(13);
    }

    @Test
    void noLimitHasATaskThawedMoreThanATenthOfItsPause() {
        Node rare = new Node(withKeepAlive(plain(1), 30, 1));
        rare.run(0, "a");
        rare.run(5, steady("b"));
        rare.scheduler.limitSilence("a", 1, Node.nanos(5.5));
        assertThat(rare.nextWake()).isEqualTo(15);
        assertThat(rare.tick(15)).isEqualTo("PULSE_START a KEEP_ALIVE");
        rare.tick(16);
        assertThat(rare.nextWake()).isEqualTo(25);
    }

    @Test
    void aLimitOutlivesOtherTermsAndMeansNothingForATaskThatIsGone() {
        Node rare = new Node(withKeepAlive(plain(1), 30, 1));
        rare.run(0, "a");
        rare.scheduler.limitSilence("a", 60 * Node.SECOND, Node.nanos(1));
        rare.scheduler.limitSilence("nobody", 60 * Node.SECOND, Node.nanos(1));
        rare.scheduler.change(Map.of("a", new TaskTerms(true, 2)), Node.nanos(2));
        rare.run(5, steady("b"));
        assertThat(rare.nextWake()).isEqualTo(20);
    }

    @Test
    void tasksOfOneApplicationArePulsedAsOne() {
        node.run(0, taskOf("app", "a"));
        node.run(1, taskOf("app", "b")); // pauses a: pulse at 9
        node.run(4, taskOf("app", "c")); // pauses b: joins it
        node.run(5, steady("d")); // pauses c: joins it
        assertThat(node.tick(9))
                .contains("PULSE_START a KEEP_ALIVE", "PULSE_START b KEEP_ALIVE", "PULSE_START c KEEP_ALIVE");
        assertThat(node.scheduler.summary(Node.nanos(9)).running())
                .as("pulses take no slots")
                .isEqualTo(1);
        assertThat(node.tick(10)).contains("PULSE_END a", "PULSE_END b", "PULSE_END c");
        assertThat(node.nextWake()).isEqualTo(17);
    }

    @Test
    void aTaskPausedDuringAPulseJoinsTheNextOne() {
        node.run(0, taskOf("app", "a"));
        node.run(1, taskOf("app", "b"));
        node.tick(9);
        node.run(9.5, steady("c")); // pauses b while a is pulsed
        assertThat(node.tick(10)).isEqualTo("PULSE_END a KEEP_ALIVE");
        assertThat(node.tick(17)).contains("PULSE_START a", "PULSE_START b");
    }

    @Test
    void aTaskResumedDuringItsPulseStaysThawed() {
        node.run(0, "a");
        node.run(5, "b");
        node.tick(13);
        assertThat(node.finish(13.5, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.tick(14)).as("the pulse's end is void").isEmpty();
        assertThat(node.attained(14, "a")).isEqualTo(6);
    }

    @Test
    void anApplicationWithoutPausedTasksStartsAfresh() {
        node.run(0, "a");
        node.run(5, "b");
        node.finish(6, "b");
        node.run(10, steady("c"));
        assertThat(node.nextWake()).isEqualTo(18);
    }

    @Test
    void aPulseThatCannotEndIsEndedLater() {
        node.run(0, "a");
        node.run(5, steady("b"));
        node.tick(13);
        node.tick(14);
        assertThat(node.pauseFailed(14.25, "a")).isEmpty();
        assertThat(node.view(14.5, "a").pulsing()).isTrue();
        assertThat(node.nextWake()).isEqualTo(15.25);
        assertThat(node.tick(15.25)).isEqualTo("PULSE_END a FAILED_PAUSE");
        assertThat(node.attained(16, "a"))
                .as("5 s, and thawed from 13 to 15.25")
                .isEqualTo(7.25);
        assertThat(node.nextWake()).isEqualTo(21);
    }

    @Test
    void aPulseThatCannotBeginWaitsForTheNextOne() {
        node.run(0, "a");
        node.run(5, steady("b"));
        node.tick(13);
        assertThat(node.resumeFailed(13, "a")).isEmpty();
        assertThat(node.view(13, "a").pulsing()).isFalse();
        assertThat(node.nextWake()).isEqualTo(21);
    }

    @Test
    void aPulsedTaskMayEnd() {
        node.run(0, "a");
        node.run(5, steady("b"));
        node.tick(13);
        assertThat(node.finish(13.5, "a")).isEmpty();
        assertThat(node.nextWake()).isGreaterThan(1e9);
        assertThat(node.state(14, "b")).isEqualTo(State.RUNNING);
    }
}
