/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.NANO;
import static io.kairos.node.Node.SECOND;
import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.steady;
import static io.kairos.node.Node.task;
import static io.kairos.node.Node.withGuarantee;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kairos.node.TaskView.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the authors' code got wrong, as far as it can go wrong in the policy. (That containers of an AM are told by their type, and
 * how tasks are confined and seen, is the adapters' business.)
 */
class OriginalFaultsTest {
    @Test
    void preemptionsByQuantaDoNotResetTheCountTowardsTheGuarantee() {
        Node node = new Node(withGuarantee(plain(1), 1, 2));
        node.run(0, "a");
        node.run(10, "b"); // first preemption of a, by an arrival
        assertThat(node.tick(20)).isEmpty(); // b 10 s, a 10 s
        assertThat(node.tick(30)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
        assertThat(node.tick(40)).isEmpty();
        assertThat(node.tick(50))
                .as("second preemption of a, by a quantum")
                .isEqualTo("PAUSE a QUANTUM, RESUME b QUANTUM");
        assertThat(node.finish(55, "b")).isEqualTo("RESUME a FREE_SLOT, GUARANTEE a PREEMPTED_TOO_OFTEN");
    }

    @Test
    void arrivalsRespectTheGuarantee() {
        Node node = new Node(withGuarantee(plain(1), 0, 2));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).endsWith("GUARANTEE a PREEMPTED_TOO_OFTEN");
        assertThat(node.arrive(7, task("c"))).isEqualTo("HOLD c NO_SLOT");
        assertThat(node.tick(26 - NANO)).isEmpty();
        assertThat(node.tick(26)).isEqualTo("PAUSE a ARRIVAL, LAUNCH c ARRIVAL");
    }

    @Test
    void pausedTasksLeaveNoCopiesInTheVariance() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        for (int round = 0; round < 1000; round++) {
            node.run(10 + 2 * round, "short-" + round);
            node.finish(11 + 2 * round, "short-" + round);
        }
        ServiceSummary one = node.scheduler.summary(Node.nanos(3000));
        assertThat(one.varianceNanos2()).as("one task").isZero();
        assertThat(one.meanNanos()).isEqualTo((3000 - 1000.0) * SECOND);
        assertThat(one.attainedNanosByApplication()).containsOnlyKeys("app-a");
        node.finish(3000, "a");
        ServiceSummary none = node.scheduler.summary(Node.nanos(4000));
        assertThat(none).isEqualTo(new ServiceSummary(0, 0, 0, 0, 0, 0, 0, Map.of()));
    }

    @Test
    void pausedHeldAndLaunchingTasksCountInTheVariance() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(6, "b");
        node.arrive(8, task("c")); // a 6 s, b 2 s, both paused; c launching
        node.arrive(9, task("d")); // held
        ServiceSummary summary = node.scheduler.summary(Node.nanos(9));
        assertThat(summary.meanNanos()).isCloseTo(2.0 * SECOND, withinPercentage(1e-9));
        assertThat(summary.varianceNanos2()).isCloseTo(6.0 * SECOND * SECOND, withinPercentage(1e-9));
        assertThat(summary.running() + " " + summary.paused() + " " + summary.held())
                .isEqualTo("1 2 1");
    }

    @Test
    void lateTicksNeitherMissNorStretchQuanta() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(8, "b"); // quanta of b end at 18, 28, 38
        node.run(9, "c"); // a 8 s, b 1 s; quanta of c end at 19, 29, 39
        assertThat(node.tick(22.3)).as("3.3 s late").isEqualTo("PAUSE c QUANTUM, RESUME b QUANTUM");
        assertThat(node.attained(22.3, "c")).as("what it really ran").isEqualTo(13.3);
        node.finish(23, "c");
        assertThat(node.tick(33)).isEmpty(); // b 11.7 s, a 8 s: too near
        assertThat(node.nextWake())
                .as("in step with the start of the quantum, not with the ticks")
                .isEqualTo(42.3);
    }

    @Test
    void theOrderFollowsServiceThatGrowsAndNumbersThatAreLarge() {
        double month = 30 * 24 * 3600.0;
        Node node = new Node(plain(1));
        node.adopt(0, task("old"), 2 * month, true);
        node.adopt(0, task("older"), 2 * month + 10, true);
        assertThat(node.state(0, "old")).isEqualTo(State.RUNNING);
        assertThat(node.tick(10)).isEmpty();
        assertThat(node.tick(20))
                .as("old has passed older by 10 s")
                .isEqualTo("PAUSE old QUANTUM, RESUME older QUANTUM");
    }

    @Test
    void aWrongCallOrAFailingOrderEndsNothing() {
        boolean[] fails = {false};
        Node node = new Node(plain(1), new TaskOrder() {
            @Override
            public double priority(String application, double attainedNanos) {
                if (fails[0]) {
                    throw new IllegalStateException("no key");
                }
                return attainedNanos;
            }

            @Override
            public double requiredLead(long quantumNanos) {
                return quantumNanos / 2.0;
            }
        });
        node.run(0, "a");
        assertThatIllegalArgumentException().isThrownBy(() -> node.arrive(1, task("a")));
        fails[0] = true;
        assertThatIllegalStateException().isThrownBy(() -> node.arrive(2, task("b")));
        fails[0] = false;
        assertThat(node.nextWake()).as("tried again soon").isEqualTo(3);
        assertThat(node.tick(3)).isEqualTo("PAUSE a ARRIVAL, LAUNCH b ARRIVAL");
    }

    @Test
    void aFailedPauseIsRepairedWithAnotherVictim() {
        Node node = new Node(plain(2));
        node.run(0, "a");
        node.run(1, "b");
        node.arrive(5, task("c")); // pauses a
        assertThat(node.pauseFailed(5.5, "a")).isEqualTo("PAUSE b FAILED_PAUSE");
        assertThat(node.attained(6, "a")).as("it ran all the time").isEqualTo(6);
        assertThat(node.view(6, "a").preemptions()).isZero();
    }

    @Test
    void aFailedResumeIsRepaired() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.resumeFailed(6, "a")).isEmpty();
        assertThat(node.nextWake()).isEqualTo(7);
        assertThat(node.tick(7)).isEqualTo("RESUME a FAILED_RESUME");
    }

    @Test
    void aFreedSlotAndAnArrivalAtTheSameMomentDoNotMakeOneTooMany() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.arrive(6, task("c"))).isEqualTo("PAUSE a ARRIVAL, LAUNCH c ARRIVAL");
        assertThat(node.scheduler.summary(Node.nanos(6)).running()).isEqualTo(1);
    }

    @Test
    void aBurstOfArrivalsHasAVictimEachAtOnce() {
        Node node = new Node(plain(3));
        node.run(0, "a");
        node.run(0, "b");
        node.run(0, "c");
        assertThat(node.arrive(5, task("d"))).isEqualTo("PAUSE c ARRIVAL, LAUNCH d ARRIVAL");
        assertThat(node.arrive(5, task("e"))).isEqualTo("PAUSE b ARRIVAL, LAUNCH e ARRIVAL");
        assertThat(node.arrive(5, task("f"))).isEqualTo("PAUSE a ARRIVAL, LAUNCH f ARRIVAL");
    }

    @Test
    void aRestartForgetsNobody() {
        Node node = new Node(plain(1));
        assertThat(node.adopt(100, task("running"), 50, false)).isEmpty();
        assertThat(node.adopt(100, task("frozen"), 20, true)).isEmpty();
        assertThat(node.attained(100, "running")).isEqualTo(50);
        assertThat(node.finish(101, "running")).isEqualTo("RESUME frozen FREE_SLOT");
        assertThat(node.attained(102, "frozen")).isEqualTo(21);
    }

    @Test
    void nodesDifferTasksAreWideAndSomeOptOut() {
        Node small = new Node(plain(1));
        Node large = new Node(plain(8));
        small.run(0, steady("a"));
        large.run(0, task("wide", 7));
        large.run(0, steady("b"));
        assertThat(small.arrive(5, task("c"))).isEqualTo("HOLD c NO_SLOT");
        assertThat(large.arrive(5, task("c", 4))).isEqualTo("PAUSE wide ARRIVAL, LAUNCH c ARRIVAL");
    }
}
