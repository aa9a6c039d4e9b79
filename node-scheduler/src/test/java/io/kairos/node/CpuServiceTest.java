/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.SECOND;
import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.reading;
import static io.kairos.node.Node.task;
import static io.kairos.node.Node.withGuarantee;
import static io.kairos.node.Node.withKeepAlive;
import static io.kairos.node.Node.withMaxPause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.kairos.node.TaskView.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attained service that is CPU time. */
class CpuServiceTest {
    @Test
    void timeAloneIsNoService() {
        Node node = cpu(plain(1));
        node.run(0, "a");
        assertThat(node.attained(100, "a")).isZero();
        node.observe(100, "a", 3);
        assertThat(node.attained(200, "a")).isEqualTo(3);
    }

    @Test
    void theTaskThatWaitsForInputIsNotTheVictimOfAnArrival() {
        Node node = cpu(plain(2));
        node.run(0, "burning");
        node.run(0, "sleeping"); // the latest: of equals it would give way
        node.observe(60, reading("burning", 55), reading("sleeping", 0.02));
        assertThat(node.arrive(60, task("new"))).isEqualTo("PAUSE burning ARRIVAL, LAUNCH new ARRIVAL");
    }

    @Test
    void anArrivalWaitsWhileNobodyIsKnownToHaveAttainedMore() {
        Node node = cpu(plain(2));
        node.run(0, "a");
        node.run(0, "b");
        assertThat(node.arrive(1, task("c"))).isEqualTo("HOLD c NO_SLOT");
        assertThat(node.nextWake()).as("no tick can change that").isEqualTo(10);
        assertThat(node.observe(1.2, reading("a", 0), reading("b", 0))).isEmpty();
        assertThat(node.observe(1.4, reading("a", 0.3), reading("b", 0.2)))
                .as("together: the first reading alone would have cost a task its slot that is only better known")
                .isEqualTo("PAUSE a ARRIVAL, LAUNCH c ARRIVAL");
    }

    @Test
    void theOrderFollowsEachReading() {
        Node node = cpu(plain(3));
        node.run(0, "a");
        node.run(0, "b");
        node.run(0, "c");
        node.observe(1, reading("a", 3), reading("b", 2), reading("c", 1));
        node.observe(2, "c", 9);
        assertThat(node.arrive(2, task("d"))).startsWith("PAUSE c ");
        node.observe(3, "b", 10);
        assertThat(node.arrive(3, task("e"))).startsWith("PAUSE b ");
        assertThat(node.finish(3, "d")).as("of b 10 s and c 9 s").isEqualTo("RESUME c FREE_SLOT");
    }

    @Test
    void aQuantumIsWallTimeAndItsLeadIsCpuTime() {
        Node node = cpu(plain(1)); // W = 10 s
        node.run(0, "a");
        node.observe(2, "a", 2);
        node.run(2, "b");
        node.observe(12, "b", 6.9);
        assertThat(node.tick(12)).as("lead of 4.9 s: less than half a quantum").isEmpty();
        node.observe(21, "b", 7);
        assertThat(node.tick(21)).as("lead enough, but its quantum is not over").isEmpty();
        assertThat(node.tick(22)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void aCounterThatGoesBackTakesNothingBack() {
        Node node = cpu(plain(1));
        node.run(0, "a");
        node.observe(1, "a", 5);
        node.observe(2, "a", 3);
        assertThat(node.attained(2, "a")).isEqualTo(5);
        node.observe(3, "a", 6);
        assertThat(node.attained(3, "a")).as("not 3 s more").isEqualTo(6);
    }

    @Test
    void aCounterThatBeginsAnewGoesOnFromWhatWasAttained() {
        Node node = cpu(plain(1));
        node.run(0, "a");
        node.observe(1, "a", 5);
        node.observe(2, new Reading<>("a", "after its relaunch", SECOND / 2));
        assertThat(node.attained(2, "a")).isEqualTo(5);
        node.observe(3, new Reading<>("a", "after its relaunch", SECOND));
        assertThat(node.attained(3, "a")).isEqualTo(5.5);
    }

    @Test
    void whatWasRememberedOverARestartIsNotCountedTwice() {
        Node node = cpu(plain(2));
        node.adopt(0, task("same-process"), 20, false);
        node.observe(0, "same-process", 21);
        assertThat(node.attained(0, "same-process")).isEqualTo(21);
        node.adopt(0, task("relaunched-before"), 20, false);
        node.observe(0, "relaunched-before", 2);
        node.observe(1, "relaunched-before", 3);
        assertThat(node.attained(1, "relaunched-before")).isEqualTo(21);
    }

    @Test
    void onlyTasksWithProcessesHaveReadings() {
        Node node = cpu(plain(1));
        node.arrive(0, task("launching"));
        node.arrive(0, task("held"));
        node.observe(1, reading("launching", 1), reading("held", 2), reading("unknown", 3));
        assertThat(node.attained(1, "launching")).isZero();
        assertThat(node.attained(1, "held")).isZero();
    }

    @Test
    void theLastReadingOfAPausedTaskCounts() {
        Node node = cpu(withKeepAlive(plain(1), 30, 1));
        node.run(0, "a");
        node.observe(5, "a", 4);
        node.run(5, "b");
        node.observe(5.1, "a", 4.2);
        assertThat(node.attained(5.1, "a")).isEqualTo(4.2);
        assertThat(node.tick(35)).isEqualTo("PULSE_START a KEEP_ALIVE");
        node.observe(36, "a", 4.9);
        assertThat(node.attained(36, "a")).as("a pulse is service, too").isEqualTo(4.9);
    }

    @Test
    void aFailedPauseGivesNothingThatTheCounterDoesNot() {
        Node node = cpu(plain(1));
        node.run(0, "a");
        node.observe(5, "a", 4);
        node.arrive(5, task("b"));
        node.pauseFailed(6, "a");
        assertThat(node.attained(6, "a")).isEqualTo(4);
        assertThat(node.state(6, "a")).isEqualTo(State.RUNNING);
    }

    @Test
    void guaranteeAndMaximumPauseStayWallTime() {
        Node node = cpu(withGuarantee(withMaxPause(plain(1), 20), 0, 2));
        node.run(0, "a");
        node.observe(1, "a", 1);
        node.run(1, "b"); // sleeps: no quantum takes its slot
        assertThat(node.tick(11)).isEmpty();
        assertThat(node.tick(21))
                .isEqualTo("PAUSE b PAUSED_TOO_LONG, RESUME a PAUSED_TOO_LONG, GUARANTEE a PREEMPTED_TOO_OFTEN");
        node.observe(22, "a", 2);
        assertThat(node.arrive(22, task("c"))).as("guaranteed until 41").isEqualTo("HOLD c NO_SLOT");
        assertThat(node.tick(41)).startsWith("PAUSE a ");
    }

    @Test
    void aWideTaskAttainsTheTimeOfAllItsThreads() {
        Node node = cpu(plain(4));
        node.run(0, task("wide", 2));
        node.run(0, "a");
        node.run(0, "b");
        node.observe(10, reading("wide", 19), reading("a", 10), reading("b", 10));
        assertThat(node.arrive(10, task("new"))).isEqualTo("PAUSE wide ARRIVAL, LAUNCH new ARRIVAL");
    }

    @Test
    void theSummaryFollowsTheReadings() {
        Node node = cpu(plain(2));
        node.run(0, "a");
        node.run(0, "b");
        node.observe(9, reading("a", 2), reading("b", 6));
        ServiceSummary summary = node.scheduler.summary(Node.nanos(50));
        assertThat(summary.meanNanos()).isEqualTo(4.0 * SECOND);
        assertThat(summary.varianceNanos2()).isEqualTo(4.0 * SECOND * SECOND);
        assertThat(summary.leastRunningNanos()).isEqualTo(2 * SECOND);
        assertThat(summary.mostRunningNanos()).isEqualTo(6 * SECOND);
    }

    /** A month of readings, four a second. */
    @Test
    void readingsLeaveNoRoundingInTheSummary() {
        Node node = cpu(plain(3));
        List.of("a", "b", "c").forEach(id -> node.run(0, id));
        long step = SECOND / 4;
        long readings = 10_000_000;
        for (long round = 1; round <= readings; round += round < 1_000_000 ? 1 : 1000) {
            node.scheduler.observe(
                    List.of(
                            new Reading<>("a", "its counter", round * step),
                            new Reading<>("b", "its counter", round * step + 1),
                            new Reading<>("c", "its counter", round * step + 2)),
                    round * step);
        }
        ServiceSummary summary = node.scheduler.summary(readings * step);
        assertThat(summary.varianceNanos2()).isCloseTo(2.0 / 3, within(1e-3));
    }

    @Test
    void wallTimeTakesNoReadings() {
        Node node = new Node(plain(1));
        assertThatIllegalStateException().isThrownBy(() -> node.observe(1, "a", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading<>("a", "its counter", -1));
    }

    private static Node cpu(NodeSettings settings) {
        return new Node(settings, ServiceMeasure.CPU);
    }

    @Test
    void noReadingsChangeNothing() {
        Node node = cpu(plain(1));
        node.run(0, "a");
        assertThat(node.scheduler.observe(List.of(), 1)).isEmpty();
    }
}
