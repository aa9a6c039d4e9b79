/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.NANO;
import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.steady;
import static io.kairos.node.Node.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.node.TaskView.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Least Attained Service over slots: arrivals, ends, quanta, wide tasks. */
class NodeSchedulerTest {
    @Test
    void anArrivalTakesAFreeSlot() {
        Node node = new Node(plain(2));
        assertThat(node.arrive(0, task("a"))).isEqualTo("LAUNCH a ARRIVAL");
        assertThat(node.arrive(1, task("b"))).isEqualTo("LAUNCH b ARRIVAL");
        assertThat(node.state(1, "b")).isEqualTo(State.LAUNCHING);
    }

    @Test
    void anArrivalTakesTheSlotOfTheTaskThatHasAttainedMost() {
        Node node = new Node(plain(2));
        node.run(0, "old");
        node.run(3, "younger");
        assertThat(node.arrive(5, task("new"))).isEqualTo("PAUSE old ARRIVAL, LAUNCH new ARRIVAL");
        assertThat(node.state(5, "old")).isEqualTo(State.PAUSED);
    }

    @Test
    void ofEqualVictimsTheLatestArrivedIsPaused() {
        Node node = new Node(plain(2));
        node.run(0, "first");
        node.run(0, "second");
        assertThat(node.arrive(5, task("new"))).startsWith("PAUSE second");
    }

    @Test
    void aFinishLetsTheLeastServedPausedTaskRun() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(7, "b");
        node.run(9, "c");
        assertThat(node.finish(10, "c")).isEqualTo("RESUME b FREE_SLOT");
        assertThat(node.finish(11, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.attained(12, "a")).isEqualTo(8);
        assertThat(node.view(12, "a").pausedNanos()).isEqualTo(4 * Node.SECOND);
    }

    @Test
    void aLaunchingTaskAttainsNothingAndIsNoVictim() {
        Node node = new Node(plain(1));
        node.arrive(0, task("a"));
        assertThat(node.arrive(5, task("b"))).isEqualTo("HOLD b NO_SLOT");
        assertThat(node.attained(5, "a")).isZero();
        assertThat(node.nextWake()).isGreaterThan(1e9);
    }

    @Test
    void aHeldTaskRunsAsSoonAsThereIsAVictim() {
        Node node = new Node(plain(1));
        node.arrive(0, task("a"));
        node.arrive(1, task("b"));
        assertThat(node.started(2, "a")).as("both have attained nothing").isEmpty();
        assertThat(node.nextWake()).isEqualTo(2 + NANO);
        assertThat(node.tick(2 + NANO)).isEqualTo("PAUSE a ARRIVAL, LAUNCH b ARRIVAL");
    }

    @Test
    void heldTasksRunInOrderOfArrival() {
        Node node = new Node(plain(1));
        node.run(0, steady("a"));
        node.arrive(1, task("b"));
        node.arrive(2, task("c"));
        assertThat(node.finish(3, "a")).isEqualTo("LAUNCH b FREE_SLOT");
    }

    @Test
    void theQuantumSwapsWithATaskThatHasAttainedHalfAQuantumLess() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(5, "b"); // a has 5 s
        assertThat(node.nextWake()).isEqualTo(15);
        assertThat(node.tick(15 - NANO)).isEmpty();
        assertThat(node.tick(15)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void theQuantumIsRenewedWhenTheGapIsSmaller() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(5 + NANO, "b"); // a is one nanosecond too near
        assertThat(node.tick(15 + NANO)).isEmpty();
        assertThat(node.nextWake()).isEqualTo(25 + NANO);
        assertThat(node.tick(25 + NANO)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void noTickIsAskedForAtTheEndsOfQuantaAtWhichNobodyCanTakeTheSlot() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(100, "b"); // has to attain 105 s before a, which has 100 s, may take its place
        assertThat(node.nextWake()).isEqualTo(210);
        node.run(150, "c");
        assertThat(node.finish(151, "c")).isEqualTo("RESUME b FREE_SLOT"); // with 50 s, and a new quantum
        assertThat(node.nextWake()).isEqualTo(211);
        assertThat(node.tick(211)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void theClockMayBeginBelowZero() {
        Node node = new Node(plain(1));
        node.run(-100, "a");
        node.run(-95, "b");
        assertThat(node.nextWake()).isEqualTo(-85);
        assertThat(node.tick(-85)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void quantaThatNeededNoTickStayInStep() {
        Node node = new Node(plain(2));
        node.run(0, "a");
        node.run(0, "b");
        node.run(100, "c"); // pauses b
        node.run(101, "d"); // pauses a, which has 101 s
        assertThat(node.nextWake()).isEqualTo(210); // c, with 110 s, gives way to b
        assertThat(node.finish(163, "b")).isEmpty();
        assertThat(node.nextWake()).isEqualTo(210); // still in steps of 10 s from 100; c has 110 s then, a 101 s
        assertThat(node.finish(164, "d")).isEqualTo("RESUME a FREE_SLOT");
        node.run(173, "e"); // pauses a, which has 110 s
        assertThat(node.nextWake()).isEqualTo(220); // c would lead by 5 s from 215 on
    }

    @Test
    void atTheEndOfQuantaTheMostServedTaskGivesWayToTheLeastServed() {
        Node node = new Node(plain(2));
        node.run(0, "a");
        node.run(0, "b");
        node.run(1, "c"); // pauses b
        node.run(2, "d"); // pauses a
        node.run(3, "e"); // pauses c: a 2 s, b 1 s, c 2 s
        assertThat(node.tick(12)).isEqualTo("PAUSE d QUANTUM, RESUME b QUANTUM");
        assertThat(node.tick(13)).isEqualTo("PAUSE e QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void quantaThatEndedWhileNobodyWaitedAreRenewedInStep() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(34, "b");
        assertThat(node.finish(35, "b")).isEqualTo("RESUME a FREE_SLOT");
        node.scheduler.arrive(steady("c"), Node.nanos(58)); // its own quantum
        assertThat(node.nextWake()).as("c cannot be paused, so nothing is due").isGreaterThan(1e9);
    }

    @Test
    void aWideArrivalPausesAsManyAsItNeedsAndNoMore() {
        Node node = new Node(plain(4));
        node.run(0, task("narrow-1"));
        node.run(1, task("narrow-2"));
        node.run(2, task("wide", 2));
        assertThat(node.arrive(5, task("new", 3)))
                .as("the first victim frees too little without the wide one, and nothing is needed of the second")
                .isEqualTo("PAUSE narrow-1 ARRIVAL, PAUSE wide ARRIVAL, LAUNCH new ARRIVAL");
    }

    @Test
    void aWideArrivalPausesNobodyIfTheVictimsDoNotSuffice() {
        Node node = new Node(plain(2));
        node.run(0, steady("steady"));
        node.run(1, "a");
        assertThat(node.arrive(5, task("wide", 2))).isEqualTo("HOLD wide NO_SLOT");
        assertThat(node.state(5, "a")).isEqualTo(State.RUNNING);
    }

    @Test
    void aTaskThatAsksForMoreSlotsThanThereAreTakesAll() {
        Node node = new Node(plain(2));
        assertThat(node.run(0, task("huge", 9))).isEqualTo("LAUNCH huge ARRIVAL");
        assertThat(node.arrive(1, task("small"))).isEqualTo("PAUSE huge ARRIVAL, LAUNCH small ARRIVAL");
    }

    @Test
    void whatFitsRunsWhenTheFirstInLineDoesNot() {
        Node node = new Node(plain(2));
        node.run(0, task("wide", 2));
        node.run(4, steady("steady"));
        node.run(8, "a");
        node.run(20, "b"); // wide 4 s, a 12 s
        assertThat(node.finish(21, "b")).isEqualTo("RESUME a FREE_SLOT");
        assertThat(node.finish(22, "steady")).as("one slot is too few for wide").isEmpty();
        assertThat(node.tick(31)).as("a leads no more").isEqualTo("PAUSE a QUANTUM, RESUME wide QUANTUM");
    }

    @Test
    void tasksThatMustNotBePausedAreNot() {
        Node node = new Node(plain(1));
        node.run(0, steady("a"));
        assertThat(node.arrive(100, task("b"))).isEqualTo("HOLD b NO_SLOT");
        assertThat(node.tick(200)).isEmpty();
        assertThat(node.finish(300, "a")).isEqualTo("LAUNCH b FREE_SLOT");
    }

    @Test
    void applicationKeysOrderTasksAndAskForAStrictlyLowerKey() {
        Map<String, Double> keys = new HashMap<>(Map.of("app-a", 5.0, "app-b", 5.0, "app-c", 3.0));
        Node node = new Node(plain(1), TaskOrders.applicationKeys(keys::get));
        node.run(0, "a");
        assertThat(node.run(1, "b")).as("no lower key").isEqualTo("HOLD b NO_SLOT");
        assertThat(node.run(2, "c")).isEqualTo("PAUSE a ARRIVAL, LAUNCH c ARRIVAL");
        assertThat(node.tick(12)).as("c is more urgent however long it runs").isEmpty();
        keys.put("app-c", 5.0);
        assertThat(node.tick(22)).as("equals do not swap").isEmpty();
        keys.put("app-a", 4.0);
        assertThat(node.tick(32)).isEqualTo("PAUSE c QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void aDecisionCarriesItsNumbers() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        List<Decision<String>> decisions = node.scheduler.arrive(task("b").on(new TaskTerms(true, 2)), Node.nanos(3));
        assertThat(decisions)
                .containsExactly(
                        new Decision<>(
                                Decision.Action.PAUSE,
                                Decision.Reason.ARRIVAL,
                                "a",
                                "app-a",
                                3 * Node.SECOND,
                                3 * Node.SECOND,
                                1,
                                1,
                                "b",
                                0,
                                2,
                                0,
                                1,
                                1),
                        new Decision<>(
                                Decision.Action.LAUNCH,
                                Decision.Reason.ARRIVAL,
                                "b",
                                "app-b",
                                3 * Node.SECOND,
                                0,
                                2,
                                0,
                                "a",
                                3 * Node.SECOND,
                                1,
                                1,
                                1,
                                0));
    }

    @Test
    void unknownTasksAreIgnoredAndKnownOnesDoNotArriveTwice() {
        Node node = new Node(plain(1));
        assertThat(node.finish(0, "ghost")
                        + node.started(0, "ghost")
                        + node.pauseFailed(0, "ghost")
                        + node.resumeFailed(0, "ghost"))
                .isEmpty();
        node.run(0, "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.arrive(1, task("a")))
                .withMessage("task a is on the node already; ids must be unique");
    }

    @Test
    void aMomentBeforeTheLastOneCountsAsTheLastOne() {
        Node node = new Node(plain(1));
        node.run(10, "a");
        node.finish(4, "ghost");
        assertThat(node.attained(4, "a")).isZero();
        assertThat(node.attained(11, "a")).isEqualTo(1);
    }
}
