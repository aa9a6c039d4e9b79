/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskView;
import io.kairos.yarn.protocol.EndedTasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals that clients send to tasks, on a node of one slot where "long" is paused for "short". */
class NodeAgentSignalTest {
    private static final Duration ATTAINED = Duration.ofSeconds(3);

    private final FakeTaskControl control = new FakeTaskControl();
    private long now = Duration.ofHours(1).toNanos();

    private final NodeAgent<String> agent = new NodeAgent<>(
            NodeSettings.defaults(1),
            settings -> new NodeScheduler<>(settings, TaskOrders.attainedService()),
            control,
            new RecordingListener(),
            () -> now);

    @BeforeEach
    void start() {
        agent.launchBound(2);
        agent.arrive(task("long"));
        agent.doWork();
        now += ATTAINED.toNanos();
        agent.arrive(task("short"));
        agent.doWork();
        assertThat(control.takeCalls()).containsExactly("launch long", "pause long", "launch short");
    }

    @Test
    void aPausedTaskIsThawedFirstAndIsPausedAgainIfItOutlivesTheSignal() {
        signal("long");
        assertThat(control.takeCalls()).containsExactly("resume long", "signal long", "pause long");
        assertThat(view("long").attainedNanos()).isEqualTo(ATTAINED.toNanos());
        assertThat(ended()).isEmpty();
    }

    @Test
    void aRunningTaskThatOutlivesTheSignalKeepsItsPlaceAndWhatItHasAttained() {
        now += Duration.ofSeconds(1).toNanos();
        signal("short");
        assertThat(view("short").state()).isEqualTo(TaskView.State.RUNNING);
        assertThat(view("short").attainedNanos())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(control.frozen).containsExactly("long");
    }

    @Test
    void aHeldTaskStaysHeldAndIsLaunchedInItsTurn() {
        agent.arrive(task("held"));
        agent.doWork();
        signal("held");
        assertThat(control.takeCalls()).containsExactly("signal held");

        finish("short");
        finish("long");
        assertThat(control.launched).contains("held");
    }

    @Test
    void aTaskThatDiesOfTheSignalGivesItsSlotAway() {
        agent.signal("short", () -> control.exited.add("short"));
        agent.doWork();
        finish("short");
        assertThat(control.frozen).isEmpty();
        assertThat(ended()).isEqualTo(Map.of("application of short", new EndedTasks(1, 0)));
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactly("long");
    }

    @Test
    void aTaskThatLeavesWhileItIsThawedForTheSignalDoesNotComeBack() {
        control.slow = true;
        signal("long");
        finish("long");
        control.slow = false;
        control.doLater();
        agent.doWork();
        assertThat(control.takeCalls()).containsExactly("resume long", "signal long");
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactly("short");
        assertThat(ended()).isEqualTo(Map.of("application of long", new EndedTasks(1, 3)));
    }

    private void signal(String name) {
        agent.signal(name, () -> control.calls.add("signal " + name));
        agent.doWork();
        agent.doWork();
    }

    private void finish(String name) {
        agent.finish(name, () -> {});
        agent.doWork();
    }

    private TaskView<String> view(String name) {
        return tasks().stream()
                .filter(view -> view.request().task().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<TaskView<String>> tasks() {
        return SteppedAgent.answer(agent, agent.tasks());
    }

    private Map<String, EndedTasks> ended() {
        return SteppedAgent.answer(agent, agent.endedTasks(application -> true));
    }
}
