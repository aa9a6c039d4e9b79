/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.yarn.protocol.EndedTasks;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent tells of the tasks that have ended. One slot. */
class NodeAgentEndedTasksTest {
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
    void theTasksOfAnApplicationAreCountedWithTheServiceTheyHadAttained() {
        arriveAndRun(of("job", "one"), 3);
        finish("one");
        arriveAndRun(of("job", "two"), 4);
        arriveAndRun(of("other", "paused"), 2);
        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(1, 3)));

        finish("two");
        finish("paused");
        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(2, 7), "other", new EndedTasks(1, 2)));
    }

    @Test
    void aTaskThatNeverBeganDoesNotCount() {
        agent.launchBound(1);
        arriveAndRun(of("job", "running"), 3);
        arriveAndRun(of("job", "held"), 1);
        finish("held");
        finish("running");
        agent.arrive(of("job", "launching"));
        agent.finish("launching", () -> {});
        agent.finish("never-seen", () -> {});

        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(1, 4)));
    }

    @Test
    void anApplicationThatIsOverIsForgotten() {
        arriveAndRun(of("job", "one"), 3);
        finish("one");
        assertThat(SteppedAgent.answer(agent, agent.endedTasks(application -> !application.equals("job"))))
                .isEmpty();
        assertThat(ended()).isEmpty();
    }

    @Test
    void whatEndedBeforeTheNodeManagerRestartedCountsToo() {
        agent.endedBefore("job", new EndedTasks(5, 50));
        arriveAndRun(of("job", "one"), 3);
        finish("one");
        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(6, 53)));
    }

    @Test
    void aTaskThatEndedWhileTheNodeManagerWasAwayCountsWithWhatWasKnownOfIt() {
        agent.adopt(of("job", "gone"), Duration.ofSeconds(7).toNanos());
        agent.doWork();
        finish("gone");
        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(1, 7)));
    }

    @Test
    void aTaskWhoseProcessExitsAndIsStartedAnewEndsOnce() {
        arriveAndRun(of("job", "crashing"), 3);
        control.exited.add("crashing");
        arriveAndRun(task("short"), 1);
        assertThat(ended()).as("it is there still").isEmpty();
        finish("short");

        control.exited.clear();
        agent.doWork();
        agent.doWork();
        now += Duration.ofSeconds(2).toNanos();
        finish("crashing");
        assertThat(ended()).containsEntry("job", new EndedTasks(1, 5));
    }

    @Test
    void aTaskWhoseExitIsNoticedAtARepairCountsWithAllItHadAttained() {
        arriveAndRun(of("job", "one"), 3);
        control.frozen.add("one");
        control.exited.add("one");
        agent.doWork();
        now += Duration.ofSeconds(1).toNanos();
        finish("one");

        assertThat(listener.failures).containsExactly("one was frozen", "repair of one: one has just exited");
        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(1, 3)));
    }

    @Test
    void aTaskThatEndsWhileThereIsNoPolicyCounts() {
        arriveAndRun(of("job", "one"), 3);
        control.cannotLaunch.add("unlucky");
        agent.arrive(task("unlucky"));
        agent.doWork();
        assertThat(listener.failures).contains("the node policy: no thread for unlucky");
        finish("one");
        finish("unlucky");

        assertThat(ended()).isEqualTo(Map.of("job", new EndedTasks(1, 3)));
    }

    private Map<String, EndedTasks> ended() {
        return SteppedAgent.answer(agent, agent.endedTasks(application -> true));
    }

    private static TaskRequest<String> of(String application, String name) {
        return new TaskRequest<>(name, application, 1, 128, true);
    }

    private void arriveAndRun(TaskRequest<String> task, int seconds) {
        agent.arrive(task);
        agent.doWork();
        agent.doWork();
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void finish(String task) {
        agent.finish(task, () -> {});
        agent.doWork();
    }
}
