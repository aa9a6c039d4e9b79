/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.node.TaskView.State;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modes, terms and parameters that change while tasks run, wait and are paused. One slot, bound 3. */
class NodeAgentModeTest {
    private final FakeTaskControl control = new FakeTaskControl();
    private final RecordingListener listener = new RecordingListener();
    private final NodeSettings settings = NodeSettings.defaults(1).launchBound(3);
    private long now = Duration.ofHours(1).toNanos();
    private boolean shadowFails;
    private int strangers;

    private final NodeAgent<String> agent = new NodeAgent<>(settings, this::scheduler, control, listener, () -> now);

    @Test
    void whereAllIsOffEverybodyRunsAndNobodyIsPaused() {
        agent.mode(Mode.OFF);
        for (String task : List.of("a", "b", "c", "d", "e")) {
            arriveAndRun(task);
        }
        pass(Duration.ofMinutes(2));

        assertThat(control.calls).containsExactly("launch a", "launch b", "launch c", "launch d", "launch e");
        assertThat(summary().running()).isEqualTo(5);
        assertThat(agent.pausesNotMade()).isZero();
    }

    @Test
    void whatIsKnownOfATasksSilenceOutlivesASwitchOfModes() {
        arriveAndRun("a");
        agent.limitSilence("a", Duration.ofSeconds(20));
        agent.mode(Mode.OFF);
        agent.doWork();
        agent.mode(Mode.ENFORCE);
        agent.doWork();
        pass(Duration.ofSeconds(6));
        arriveAndRun("b");
        assertThat(control.frozen).containsExactly("a");
        pass(Duration.ofMillis(5_100));
        assertThat(control.calls).contains("start pulse a");
    }

    @ParameterizedTest
    @CsvSource({
        "ENFORCE, OFF",
        "ENFORCE, OBSERVE",
        "OFF, ENFORCE",
        "OFF, OBSERVE",
        "OBSERVE, OFF",
        "OBSERVE, ENFORCE",
    })
    void aSwitchLosesNobodyWhateverItDoes(Mode from, Mode to) {
        agent.mode(from);
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(this::arriveAndRun);
        boolean enforcedBefore = from == Mode.ENFORCE;
        assertThat(control.frozen).hasSize(enforcedBefore ? 2 : 0);
        assertThat(control.launched).hasSize(enforcedBefore ? 3 : 5);

        agent.mode(to);
        agent.doWork();
        agent.doWork();
        boolean enforced = to == Mode.ENFORCE;
        assertThat(control.launched).hasSize(5);
        assertThat(control.frozen).hasSize(enforced ? 4 : 0);
        assertThat(summary().running()).isEqualTo(enforced ? 1 : 5);
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactlyInAnyOrderElementsOf(names);

        for (String name : names) {
            assertThat(control.launched).contains(name);
            pass(Duration.ofSeconds(6));
            finish(name);
        }
        assertThat(control.frozen).isEmpty();
        assertThat(tasks()).isEmpty();
        assertThat(listener.failures).isEmpty();
    }

    @Test
    void nobodyIsPausedForParametersThatTheNewModeDoesNotEnforce() {
        agent.reconfigure(NodeSettings.defaults(4).launchBound(8), Mode.ENFORCE);
        for (String task : List.of("a", "b", "c", "d")) {
            arriveAndRun(task);
        }

        agent.reconfigure(settings, Mode.OBSERVE);
        agent.doWork();

        assertThat(control.calls).noneMatch(call -> call.startsWith("pause"));
    }

    @Test
    void attainedServiceGoesOnThroughEveryMode() {
        arriveAndRun("long");
        agent.mode(Mode.OFF);
        pass(Duration.ofSeconds(3));
        agent.mode(Mode.OBSERVE);
        pass(Duration.ofSeconds(3));
        agent.mode(Mode.ENFORCE);
        agent.doWork();

        assertThat(attained("long")).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anObservingNodeTellsAndCountsWhatItWouldHaveDoneAndDoesNotDoIt() {
        agent.mode(Mode.OBSERVE);
        for (String task : List.of("a", "b", "c", "d")) {
            arriveAndRun(task);
        }

        assertThat(control.calls).containsExactly("launch a", "launch b", "launch c", "launch d");
        assertThat(listener.observed)
                .containsExactly(
                        "LAUNCH a ARRIVAL",
                        "PAUSE a ARRIVAL",
                        "LAUNCH b ARRIVAL",
                        "PAUSE b ARRIVAL",
                        "LAUNCH c ARRIVAL",
                        "HOLD d BOUND");
        assertThat(agent.pausesNotMade()).isEqualTo(2);

        listener.observed.clear();
        pass(Duration.ofSeconds(5));
        assertThat(listener.observed).contains("PAUSE c QUANTUM");
        finish("a");
        assertThat(listener.observed).contains("LAUNCH d FREE_SLOT");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void observingGoesOnWhereEnforcingStood() {
        for (String task : List.of("a", "b", "c", "d")) {
            arriveAndRun(task);
        }
        agent.mode(Mode.OBSERVE);
        agent.doWork();

        assertThat(control.frozen).isEmpty();
        assertThat(listener.observed).as("as it is, in thought").containsExactly("HOLD d BOUND");
        finish("c");
        assertThat(listener.observed).contains("LAUNCH d FREE_SLOT");
    }

    @Test
    void anObserverThatFailsCostsNoTaskAndBeginsAnew() {
        agent.mode(Mode.OBSERVE);
        arriveAndRun("a");
        shadowFails = true;
        arriveAndRun("b");
        arriveAndRun("c");
        assertThat(listener.failures).containsExactly("the observed policy: the shadow fails");
        assertThat(control.launched).contains("a", "b", "c");
        assertThat(summary().running()).isEqualTo(3);

        shadowFails = false;
        listener.observed.clear();
        pass(Duration.ofSeconds(5));
        assertThat(listener.observed).containsExactly("PAUSE a ADOPTED", "PAUSE b ADOPTED");
    }

    @Test
    void otherParametersTakeEffectWhileTasksRun() {
        arriveAndRun("a");
        arriveAndRun("b");
        assertThat(control.frozen).containsExactly("a");

        agent.reconfigure(NodeSettings.defaults(2));
        agent.doWork();
        assertThat(control.frozen).isEmpty();
        pass(Duration.ofSeconds(1));
        agent.reconfigure(settings);
        agent.doWork();
        assertThat(control.frozen).hasSize(1);
    }

    @Test
    void theBoundThatWasToldHoldsAgainAfterTheSwitchBack() {
        agent.launchBound(2);
        agent.mode(Mode.OFF);
        arriveAndRun("a");
        agent.mode(Mode.ENFORCE);
        arriveAndRun("b");
        arriveAndRun("c");

        assertThat(control.launched).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatATaskSaysOfItselfCountsOnlyWhereItsApplicationMay() {
        agent.arrive(task("proud"), true);
        agent.doWork();
        agent.doWork();
        now += Duration.ofSeconds(1).toNanos();
        arriveAndRun("other");
        assertThat(control.frozen).isEmpty();

        agent.terms(Map.of("application of proud", new ApplicationTerms(1, true, false)));
        agent.doWork();
        pass(Duration.ofSeconds(6));
        arriveAndRun("next");
        assertThat(control.frozen).contains("proud");
    }

    @Test
    void aTaskWhoseQueueForbidsItIsResumedAtOnceAndNotPausedAgain() {
        arriveAndRun("a");
        arriveAndRun("b");
        assertThat(control.frozen).containsExactly("a");

        agent.terms(Map.of("application of a", new ApplicationTerms(1, false, true)));
        agent.doWork();
        assertThat(control.frozen).containsExactly("b");
        agent.terms(Map.of());
        pass(Duration.ofSeconds(10));
        assertThat(control.frozen).as("what was told last holds").containsExactly("b");
    }

    @Test
    void aNewTaskHasTheTermsOfItsApplicationFromTheStart() {
        agent.whenStrange(() -> strangers++);
        arriveAndRun("a");
        agent.doWork();
        assertThat(strangers).isEqualTo(1);
        agent.terms(Map.of("application of a", new ApplicationTerms(4, true, true)));
        agent.arrive(new TaskRequest<>("a2", "application of a", 1, 128, true));
        agent.doWork();

        assertThat(strangers).isEqualTo(1);
        assertThat(tasks()).allMatch(view -> view.request().weight() == 4);
    }

    @Test
    void aTaskFoundAfterARestartHasTheTermsKnownBeforeUntilOthersAreTold() {
        agent.whenStrange(() -> strangers++);
        control.launched.add("a");
        ApplicationTerms before = new ApplicationTerms(2, false, true);
        agent.adopt(task("a"), false, new RecoveryFile.Recovered(0, Optional.of(before)));
        pass(Duration.ofSeconds(6));
        arriveAndRun("b");
        pass(Duration.ofSeconds(6));

        assertThat(control.frozen).isEmpty();
        assertThat(strangers).as("the ResourceManager is asked").isEqualTo(2);
        assertThat(termsKnown()).isEqualTo(Map.of("application of a", before));

        agent.terms(Map.of("application of a", ApplicationTerms.DEFAULT));
        pass(Duration.ofSeconds(6));
        assertThat(control.launched).contains("b");
        assertThat(control.frozen).containsExactly("a");
        finish("a");
        agent.terms(Map.of());
        assertThat(termsKnown()).as("nothing is kept of who left").isEmpty();
    }

    private Map<String, ApplicationTerms> termsKnown() {
        return SteppedAgent.answer(agent, agent.applicationTerms());
    }

    private NodeScheduler<String> scheduler(NodeSettings parameters) {
        boolean enforcing = parameters.slots() == 1;
        return new NodeScheduler<>(parameters, new TaskOrder() {
            private final TaskOrder published = TaskOrders.attainedService();

            @Override
            public double priority(String application, double attainedNanos) {
                if (shadowFails && enforcing) {
                    throw new IllegalStateException("the shadow fails");
                }
                return published.priority(application, attainedNanos);
            }

            @Override
            public double requiredLead(long quantumNanos) {
                return published.requiredLead(quantumNanos);
            }
        });
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

    private ServiceSummary summary() {
        return SteppedAgent.answer(agent, agent.summary());
    }

    private Duration attained(String task) {
        return tasks().stream()
                .filter(view -> view.request().task().equals(task) && view.state() == State.RUNNING)
                .map(view -> Duration.ofNanos(view.attainedNanos()))
                .findFirst()
                .orElseThrow();
    }

    private List<TaskView<String>> tasks() {
        return SteppedAgent.answer(agent, agent.tasks());
    }
}
