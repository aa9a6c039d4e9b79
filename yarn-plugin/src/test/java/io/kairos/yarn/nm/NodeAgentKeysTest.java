/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks ordered by keys of their applications, which change. One slot, W = 5 s. */
class NodeAgentKeysTest {
    private static final Map<String, Double> A_FIRST = Map.of("application of a", 1.0, "application of b", 2.0);
    private static final Map<String, Double> B_FIRST = Map.of("application of a", 3.0, "application of b", 2.0);

    private final FakeTaskControl control = new FakeTaskControl();
    private final RecordingListener listener = new RecordingListener();
    private long now = Duration.ofHours(1).toNanos();

    private final NodeAgent<String> agent = new NodeAgent<>(
            NodeSettings.defaults(1),
            settings -> new NodeScheduler<>(settings, TaskOrders.attainedService()),
            control,
            listener,
            () -> now);

    @Test
    void anArrivalTakesASlotByItsKeyAndNotByWhatItHasAttained() {
        keys(A_FIRST);
        arriveAndRun("a");
        arriveAndRun("b");
        assertThat(control.takeCalls()).containsExactly("launch a");

        keys(B_FIRST);
        assertThat(control.takeCalls()).containsExactly("pause a", "launch b");
    }

    @Test
    void aPausedTaskWhoseKeyComesFirstNowRunsWhenTheQuantumUnderWayEnds() {
        keys(B_FIRST);
        arriveAndRun("a");
        arriveAndRun("b");
        pass(Duration.ofSeconds(10));
        assertThat(control.frozen).as("b comes first, however long it runs").containsExactly("a");

        keys(A_FIRST);
        assertThat(control.frozen).containsExactly("a");
        pass(Duration.ofSeconds(5));
        assertThat(control.frozen).containsExactly("b");
    }

    @Test
    void withoutKeysTasksAreOrderedByAttainedServiceAgain() {
        keys(A_FIRST);
        arriveAndRun("a");
        arriveAndRun("b");
        assertThat(control.launched).containsExactly("a");

        keys(Map.of());
        assertThat(control.launched).contains("b");
        assertThat(control.frozen).containsExactly("a");
        pass(Duration.ofSeconds(5));
        assertThat(control.frozen).as("a has attained 2 s, b 5 s").containsExactly("b");
    }

    @Test
    void anApplicationWaitsForItsKeyButTakesAFreeSlot() {
        keys(Map.of("application of a", 1.0));
        arriveAndRun("b");
        assertThat(control.launched).containsExactly("b");
        arriveAndRun("a");
        assertThat(control.frozen).containsExactly("b");
        arriveAndRun("stranger");
        assertThat(control.launched).containsExactlyInAnyOrder("a", "b");

        keys(Map.of("application of a", 1.0, "application of stranger", 0.5));
        assertThat(control.launched).contains("stranger");
        assertThat(control.frozen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theResourceManagerIsAskedForAKeyAsSoonAsOneIsMissing() {
        AtomicInteger asked = new AtomicInteger();
        agent.whenStrange(asked::incrementAndGet);
        agent.terms(Map.of());
        arriveAndRun("a");
        int forTerms = asked.get();
        agent.terms(Map.of("application of a", ApplicationTerms.DEFAULT));
        keys(Map.of());
        assertThat(asked).as("the order needs none").hasValue(forTerms);

        keys(Map.of("application of b", 1.0));
        assertThat(asked).as("the task came after the question").hasValue(forTerms + 1);
        keys(A_FIRST);
        agent.arrive(new TaskRequest<>("a2", "application of a", 1, 128, true));
        agent.doWork();
        assertThat(asked).hasValue(forTerms + 1);
    }

    @Test
    void aPolicyThatFailedBeginsAnewWithTheKeys() {
        keys(A_FIRST);
        arriveAndRun("a");
        control.cannotLaunch.add("unlucky");
        keys(Map.of("application of a", 2.0, "application of b", 3.0, "application of unlucky", 1.0));
        arriveAndRun("unlucky");
        assertThat(listener.failures).contains("the node policy: no thread for unlucky");
        control.cannotLaunch.clear();
        finish("unlucky");

        pass(Duration.ofSeconds(5));
        arriveAndRun("b");
        assertThat(control.launched).containsExactly("a");
    }

    @Test
    void keysToldWhileThereIsNoPolicyAreThoseOfTheNextOne() {
        arriveAndRun("a");
        control.cannotLaunch.add("unlucky");
        arriveAndRun("unlucky");
        control.cannotLaunch.clear();
        finish("unlucky");
        keys(A_FIRST);
        assertThat(listener.failures).hasSize(2);

        pass(Duration.ofSeconds(5));
        arriveAndRun("b");
        assertThat(control.launched).containsExactly("a");
    }

    @Test
    void aNodeThatObservesTellsWhatItWouldDoByTheKeys() {
        agent.mode(Mode.OBSERVE);
        keys(A_FIRST);
        arriveAndRun("a");
        arriveAndRun("b");
        assertThat(control.launched).containsExactlyInAnyOrder("a", "b");
        assertThat(listener.observed).containsExactly("LAUNCH a ARRIVAL", "HOLD b NO_SLOT");

        keys(B_FIRST);
        assertThat(listener.observed).endsWith("PAUSE a ARRIVAL", "LAUNCH b ARRIVAL");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void aShadowThatBeginsLaterBeginsWithTheKeys() {
        agent.mode(Mode.OFF);
        keys(A_FIRST);
        arriveAndRun("a");
        agent.mode(Mode.OBSERVE);
        arriveAndRun("b");

        assertThat(listener.observed).containsExactly("HOLD b NO_SLOT");
    }

    @Test
    void theSameKeysAgainDoNothing() {
        keys(A_FIRST);
        arriveAndRun("a");
        arriveAndRun("b");
        control.takeCalls();
        keys(Map.copyOf(A_FIRST));
        pass(Duration.ofSeconds(6));

        assertThat(control.calls).isEmpty();
    }

    @Test
    void underKeysNobodyIsOwedAnythingForHavingBeenPausedOften() {
        keys(B_FIRST);
        arriveAndRun("a");
        for (int pauses = 0; pauses < 10; pauses++) {
            arriveAndRun("b");
            assertThat(control.frozen).containsExactly("a");
            finish("b");
            assertThat(control.frozen).isEmpty();
        }
        assertThat(SteppedAgent.answer(agent, agent.tasks())).noneMatch(TaskView::guaranteed);

        keys(Map.of());
        arriveAndRun("b");
        finish("b");
        assertThat(SteppedAgent.answer(agent, agent.tasks())).allMatch(TaskView::guaranteed);
    }

    private void keys(Map<String, Double> keys) {
        agent.keys(keys);
        agent.doWork();
        agent.doWork();
    }

    /** A second of its own for each. */
    private void arriveAndRun(String task) {
        agent.arrive(task(task));
        agent.doWork();
        agent.doWork();
        now += Duration.ofSeconds(1).toNanos();
    }

    private void finish(String task) {
        agent.finish(task, () -> {});
        agent.doWork();
        agent.doWork();
    }

    private void pass(Duration time) {
        agent.doWork();
        now += time.toNanos();
        agent.doWork();
        agent.doWork();
    }
}
