/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceMeasure;
import io.kairos.node.TaskOrders;
import io.kairos.yarn.conf.Mode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An agent whose scheduler goes by CPU time. */
class NodeAgentCpuTest {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final FakeTaskControl control = new FakeTaskControl();
    private final FakeServiceMeter meter = new FakeServiceMeter();
    private final RecordingListener listener = new RecordingListener();
    private long now = Duration.ofHours(1).toNanos();

    private final NodeAgent<String> agent = new NodeAgent<>(
            NodeSettings.defaults(2),
            settings -> new NodeScheduler<>(settings, TaskOrders.attainedService(), ServiceMeasure.CPU),
            control,
            meter,
            listener,
            () -> now);

    @Test
    void anArrivalTakesTheSlotOfTheTaskThatHasUsedMostCpuTimeByThen() {
        run("sleeping");
        run("burning");
        pass(Duration.ofSeconds(10));
        use("sleeping", Duration.ofMillis(20));
        use("burning", Duration.ofMillis(30));
        pass(INTERVAL);
        use("burning", Duration.ofSeconds(9));
        now += Duration.ofMillis(100).toNanos();
        arrive("new");

        assertThat(control.takeCalls()).containsExactly("pause burning", "launch new");
    }

    @Test
    void countersAreReadFourTimesASecondAndBeforeAComparisonUnlessThatWasJustDone() {
        run("a");
        run("b");
        meter.takeRounds();
        pass(INTERVAL);
        assertThat(meter.takeRounds()).containsExactly("a b");
        pass(INTERVAL.minusNanos(1));
        assertThat(meter.takeRounds()).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(meter.takeRounds()).containsExactly("a b");

        pass(Duration.ofMillis(50));
        arrive("just-after");
        assertThat(meter.takeRounds()).isEmpty();
        pass(Duration.ofMillis(1));
        arrive("later");
        assertThat(meter.takeRounds()).containsExactly("a b");
    }

    @Test
    void aPausedTaskIsReadOnceMoreAndThenOnlyWhileItIsPulsed() {
        run("a");
        run("b");
        use("a", Duration.ofSeconds(2));
        arriveAfter(INTERVAL, "c");
        agent.doWork();
        assertThat(control.frozen).containsExactly("a");
        use("a", Duration.ofMillis(2040));
        meter.takeRounds();
        pass(INTERVAL);
        pass(INTERVAL);
        assertThat(meter.takeRounds()).containsExactly("a b c", "b c");
        assertThat(attained("a")).isEqualTo(Duration.ofMillis(2040));

        pass(Duration.ofSeconds(30));
        assertThat(control.frozen).isEmpty();
        meter.takeRounds();
        pass(INTERVAL);
        assertThat(meter.takeRounds()).containsExactly("a b c");
    }

    @Test
    void aSlowReaderDelaysAnArrivalOnceAndIsHeardLater() {
        run("a");
        run("b");
        use("b", Duration.ofSeconds(1));
        pass(INTERVAL);
        use("a", Duration.ofSeconds(5));
        meter.slow = true;
        meter.takeRounds();
        arriveAfter(Duration.ofMillis(100), "first");
        arriveAfter(Duration.ofMillis(100), "second");
        assertThat(meter.takeRounds()).as("one round at a time").containsExactly("a b");
        assertThat(control.takeCalls())
                .as("by what was read before: of a nothing")
                .containsExactly("pause b", "launch first");

        meter.answerLater();
        agent.doWork();
        assertThat(control.takeCalls()).containsExactly("pause a", "launch second");
    }

    @Test
    void aReaderThatHangsIsToldOnceAndTheNodeGoesOn() {
        run("a");
        run("b");
        use("a", Duration.ofSeconds(1));
        pass(INTERVAL);
        meter.slow = true;
        pass(INTERVAL);
        meter.takeRounds();
        pass(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(50));
        assertThat(listener.failures)
                .containsExactly("reading of CPU time: no answer within 5000 ms; tasks are compared by what was read"
                        + " before");
        assertThat(meter.takeRounds()).isEmpty();
        arrive("new");
        assertThat(control.takeCalls()).containsExactly("pause a", "launch new");
    }

    @Test
    void whatWasRememberedOverARestartIsNotCountedTwice() {
        control.launched.add("survivor");
        agent.adopt(task("survivor"), Duration.ofSeconds(20).toNanos());
        use("survivor", Duration.ofSeconds(21));
        agent.doWork();
        pass(INTERVAL);
        assertThat(attained("survivor")).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void whatIsReadOfATaskThatLeftIsNotForALaterOneOfItsName() {
        run("a");
        use("a", Duration.ofSeconds(100));
        meter.slow = true;
        pass(INTERVAL);
        agent.finish("a", () -> {});
        run("a");
        meter.answerLater();
        agent.doWork();
        assertThat(attained("a")).isZero();
    }

    @Test
    void aNodeThatOnlyObservesDoesNotAgeWhomItWouldHavePaused() {
        agent.reconfigure(NodeSettings.defaults(1), Mode.OBSERVE);
        run("first");
        use("first", Duration.ofSeconds(1));
        pass(INTERVAL);
        run("second");
        assertThat(listener.observedSeconds)
                .containsExactly("LAUNCH first 0 s", "PAUSE first 1 s", "LAUNCH second 0 s");
        listener.observedSeconds.clear();

        // In truth both run.
        use("first", Duration.ofSeconds(100));
        use("second", Duration.ofSeconds(9));
        pass(Duration.ofSeconds(6));
        pass(INTERVAL);
        assertThat(listener.observedSeconds)
                .as("the first is still the one that attained less")
                .containsExactly("PAUSE second 9 s", "RESUME first 1 s");
        listener.observedSeconds.clear();

        use("first", Duration.ofSeconds(120));
        use("second", Duration.ofSeconds(50));
        pass(Duration.ofSeconds(6));
        pass(INTERVAL);
        assertThat(listener.observedSeconds)
                .as("the first ran again, the second was paused with what it had")
                .containsExactly("PAUSE first 21 s", "RESUME second 9 s");
    }

    @Test
    void aTaskThatCannotBeReadKeepsWhatItHad() {
        run("a");
        use("a", Duration.ofSeconds(3));
        pass(INTERVAL);
        meter.nanos.clear();
        pass(INTERVAL);
        assertThat(attained("a")).isEqualTo(Duration.ofSeconds(3));
    }

    private void use(String task, Duration cpuTime) {
        meter.nanos.put(task, cpuTime.toNanos());
    }

    private void run(String task) {
        arrive(task);
        agent.doWork();
        control.takeCalls();
    }

    private void arriveAfter(Duration time, String task) {
        now += time.toNanos();
        arrive(task);
    }

    private void arrive(String task) {
        agent.arrive(task(task));
        agent.doWork();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        agent.doWork();
    }

    private Duration attained(String name) {
        return SteppedAgent.answer(agent, agent.tasks()).stream()
                .filter(view -> view.request().task().equals(name))
                .map(view -> Duration.ofNanos(view.attainedNanos()))
                .findFirst()
                .orElseThrow();
    }
}
