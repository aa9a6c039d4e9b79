/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static io.kairos.node.Node.plain;
import static io.kairos.node.Node.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskView.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of tasks changes while they run, wait and are paused. W = 10 s. */
class ReorderTest {
    private static final TaskOrder SERVICE = TaskOrders.attainedService();

    @Test
    void aPausedTaskThatComesFirstNowRunsFromTheEndOfTheQuantumUnderWayOn() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(8, "b"); // has to attain 13 s before a leads it
        assertThat(node.nextWake()).isEqualTo(28);

        assertThat(node.reorder(12, keys(1, 2))).isEmpty();
        assertThat(node.nextWake()).isEqualTo(18);
        assertThat(node.tick(18)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void theEndOfAQuantumThatComesJustThenIsDecidedByTheNewOrder() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(8, "b");

        assertThat(node.reorder(18, keys(1, 2))).isEmpty();
        assertThat(node.nextWake()).isEqualTo(18);
        assertThat(node.tick(18)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void theEndsOfQuantaThatCameBeforeAndNeededNoTickAreOver() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(25, "b"); // a leads it from 55 on

        assertThat(node.reorder(37, keys(1, 2))).isEmpty();
        assertThat(node.nextWake()).isEqualTo(45);
        assertThat(node.tick(45)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void anEndOfAQuantumWhoseTickIsLateIsDecidedByTheNewOrder() {
        Node node = new Node(plain(1));
        node.run(0, "a");
        node.run(8, "b");
        assertThat(node.nextWake()).isEqualTo(28);

        node.reorder(29, keys(1, 2));
        assertThat(node.tick(29)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void byAttainedServiceAgainTicksComeOnlyWhereSomebodyCanTakeTheSlot() {
        Node node = new Node(plain(1), keys(2, 1));
        node.run(0, "a");
        node.run(8, "b");
        assertThat(node.nextWake()).isEqualTo(18);

        node.reorder(12, SERVICE);
        assertThat(node.nextWake()).isEqualTo(28);
        assertThat(node.tick(28)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void otherKeysTakeEffectByAReorderAlone() {
        Node node = new Node(plain(1), keys(2, 1));
        node.run(0, "a");
        node.run(3, "b");
        assertThat(node.tick(13)).isEmpty();

        node.reorder(14, keys(1, 2));
        assertThat(node.tick(23)).isEqualTo("PAUSE b QUANTUM, RESUME a QUANTUM");
    }

    @Test
    void aHeldTaskThatComesFirstNowPreemptsAtOnce() {
        Node node = new Node(plain(1), keys(1, 1));
        node.run(0, "a");
        assertThat(node.arrive(1, task("b"))).isEqualTo("HOLD b NO_SLOT");

        assertThat(node.reorder(2, keys(2, 1))).isEqualTo("PAUSE a ARRIVAL, LAUNCH b ARRIVAL");
        assertThat(node.state(2, "a")).isEqualTo(State.PAUSED);
    }

    @Test
    void whatWasAttainedAndGrantedStays() {
        Node node = new Node(Node.withGuarantee(plain(1), 0, 2));
        node.run(0, "a");
        node.run(5, "b");
        assertThat(node.finish(6, "b")).isEqualTo("RESUME a FREE_SLOT, GUARANTEE a PREEMPTED_TOO_OFTEN");

        node.reorder(7, keys(2, 1));
        assertThat(node.arrive(8, task("b"))).isEqualTo("HOLD b NO_SLOT");
        assertThat(node.attained(8, "a")).isEqualTo(7);
        assertThat(node.nextWake()).isEqualTo(16); // a quantum ends, and the guarantee holds
        assertThat(node.tick(16)).isEmpty();
        assertThat(node.tick(26)).isEqualTo("PAUSE a ARRIVAL, LAUNCH b ARRIVAL");
    }

    private static TaskOrder keys(double ofA, double ofB) {
        return TaskOrders.applicationKeys(Map.of("app-a", ofA, "app-b", ofB)::get);
    }
}
