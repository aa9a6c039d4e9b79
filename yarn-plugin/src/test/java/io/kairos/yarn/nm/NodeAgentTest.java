/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static io.kairos.yarn.nm.SteppedAgent.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NodeAgentTest {
    private final FakeTaskControl control = new FakeTaskControl();
    private final RecordingListener listener = new RecordingListener();
    private long now = Duration.ofHours(1).toNanos();
    private boolean policyFails;

    private final TaskOrder order = new TaskOrder() {
        private final TaskOrder published = TaskOrders.attainedService();

        @Override
        public double priority(String application, double attainedNanos) {
            if (policyFails) {
                throw new IllegalStateException("the policy fails");
            }
            return published.priority(application, attainedNanos);
        }

        @Override
        public double requiredLead(long quantumNanos) {
            return published.requiredLead(quantumNanos);
        }
    };

    private final NodeAgent<String> agent = new NodeAgent<>(
            NodeSettings.defaults(1), settings -> new NodeScheduler<>(settings, order), control, listener, () -> now);

    @Test
    void anArrivalRunsAtOnceAndItsVictimIsFrozenFirst() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();

        assertThat(control.takeCalls()).containsExactly("pause long", "launch short");

        finish("short");
        assertThat(control.takeCalls()).containsExactly("resume long");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void aFailedPauseCostsNoTaskAndIsReported() {
        control.cannotPause.add("long");
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();

        // The node had one task too many for a moment; another victim makes up for the one that could not be frozen.
        assertThat(control.takeCalls()).containsExactly("pause long", "launch short", "pause short");
        assertThat(listener.failures).containsExactly("pause of long: long cannot be frozen");
        assertThat(summary().running()).isEqualTo(1);

        finish("long");
        assertThat(control.frozen).isEmpty();
        assertThat(summary().running()).isEqualTo(1);
    }

    @Test
    void aFailedResumeIsTriedAgain() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.cannotResume.add("long");
        finish("short");
        assertThat(control.frozen).containsExactly("long");

        control.cannotResume.clear();
        pass(Duration.ofSeconds(1));

        assertThat(control.frozen).isEmpty();
        assertThat(listener.failures).containsExactly("resume of long: long cannot be thawed");
    }

    @Test
    void aTaskToBeKilledIsThawedSoThatTheKillReachesIt() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.takeCalls();

        List<String> order = new ArrayList<>();
        agent.finish("long", () -> order.addAll(control.takeCalls()));
        agent.doWork();

        assertThat(order).containsExactly("resume long");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void aTaskThatLeftTheNodeFrozenIsThawedByALaterLook() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.cannotResume.add("long");
        finish("long");
        finish("short");
        pass(Duration.ofSeconds(2));
        assertThat(control.frozen).containsExactly("long");
        assertThat(listener.failures).as("told once").containsExactly("thaw of long: long cannot be thawed");

        control.cannotResume.clear();
        pass(Duration.ofSeconds(2));
        assertThat(control.frozen).isEmpty();
        control.takeCalls();
        pass(Duration.ofSeconds(2));
        assertThat(control.takeCalls()).as("what was thawed is forgotten").isEmpty();
    }

    @Test
    void aTaskThatLeftTheNodeFrozenAndEndedIsForgotten() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.cannotResume.add("long");
        finish("long");

        control.exited.add("long");
        pass(Duration.ofSeconds(2));
        control.takeCalls();
        pass(Duration.ofSeconds(2));
        assertThat(control.takeCalls()).isEmpty();
    }

    @Test
    void aSlowThawOfATaskThatLeftIsNotAskedForTwice() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.cannotResume.add("long");
        finish("long");
        control.slow = true;
        control.takeCalls();
        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(control.takeCalls()).containsExactly("resume long");

        control.cannotResume.clear();
        CompletableFuture<Void> released = agent.release();
        agent.doWork();
        control.doLater();
        agent.doWork();
        assertThat(released).as("a node that shuts down waits for it").isCompleted();
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void anAdoptedFrozenTaskRunsAgain() {
        control.launched.add("survivor");
        control.frozen.add("survivor");
        agent.adopt(task("survivor"), Duration.ofSeconds(7).toNanos());
        agent.doWork();

        assertThat(control.takeCalls()).containsExactly("pause survivor", "resume survivor");
        assertThat(control.frozen).isEmpty();
        assertThat(tasks().get(0).attainedNanos())
                .isEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void aTaskIsAdoptedOnceItsProcessesAreFound() {
        agent.adopt(task("lost"), 0);
        agent.adopt(task("survivor"), Duration.ofSeconds(7).toNanos());
        agent.doWork();
        assertThat(tasks()).isEmpty();

        control.launched.add("survivor");
        agent.doWork();
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactly("survivor");

        finish("lost");
        control.launched.add("lost");
        agent.doWork();
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactly("survivor");
    }

    @Test
    void theEndOfATaskThatTheAgentBeforeLaunchedIsToldOnce() {
        arriveAndRun("other", Duration.ofSeconds(1));
        agent.adopt(task("survivor"), Duration.ofSeconds(7).toNanos());
        agent.doWork();
        finish("survivor");
        finish("survivor");

        assertThat(listener.finished).containsExactly("survivor: 1 running, 0 paused, 0 held");
        assertThat(control.takeCalls()).isEmpty();
    }

    @Test
    void theEndOfATaskThatWasSignalledBeforeItWasFoundIsToldOnce() {
        agent.adopt(task("survivor"), 0);
        agent.signal("survivor", () -> {});
        agent.doWork();
        finish("survivor");

        assertThat(listener.finished).containsExactly("survivor: 0 running, 0 paused, 0 held");
    }

    @Test
    void theEndOfATaskThatTheAgentBeforeHeldIsTold() {
        agent.giveUp(task("held"));
        agent.doWork();

        assertThat(listener.finished).containsExactly("held: 0 running, 0 paused, 0 held");
        assertThat(control.takeCalls()).isEmpty();
    }

    @Test
    void runningTasksAreAdoptedBeforeFrozenOnes() {
        control.launched.addAll(List.of("frozen", "running"));
        control.frozen.add("frozen");
        agent.adopt(task("frozen"), Duration.ofSeconds(1).toNanos());
        agent.adopt(task("running"), Duration.ofSeconds(2).toNanos());
        agent.doWork();

        assertThat(control.frozen).containsExactly("frozen");
        finish("running");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void anExceptionInThePolicyLeavesNothingFrozenAndDoesNotEndTheAgent() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        assertThat(control.frozen).containsExactly("long");
        control.takeCalls();

        policyFails = true;
        agent.arrive(task("third"));
        agent.doWork();
        assertThat(control.frozen).isEmpty();
        assertThat(control.launched).contains("third");

        agent.arrive(task("fourth"));
        agent.doWork();
        assertThat(control.launched).contains("fourth");
        assertThat(listener.failures).containsExactly("the node policy: the policy fails");

        policyFails = false;
        pass(Duration.ofSeconds(5));
        assertThat(tasks()).hasSize(4);
        assertThat(summary().running()).isEqualTo(1);
        assertThat(control.frozen).hasSize(3);

        for (String task : List.of("long", "short", "third", "fourth")) {
            finish(task);
        }
        assertThat(control.frozen).isEmpty();
        assertThat(tasks()).isEmpty();
    }

    @Test
    void aSlowPauseKeepsNobodyWaitingAndItsFailureIsHeardLater() {
        arriveAndRun("long", Duration.ofSeconds(3));
        control.slow = true;
        control.cannotPause.add("long");
        agent.arrive(task("short"));
        agent.doWork();
        assertThat(control.takeCalls()).containsExactly("pause long", "launch short");
        assertThat(summary().paused()).isEqualTo(1);

        control.slow = false;
        control.doLater();
        agent.doWork();

        assertThat(listener.failures).containsExactly("pause of long: long cannot be frozen");
        assertThat(control.takeCalls()).containsExactly("pause short");
        assertThat(summary().running()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsOverdueChangesNothing() {
        arriveAndRun("long", Duration.ofSeconds(3));
        control.slow = true;
        control.cannotPause.add("long");
        agent.arrive(task("short"));
        agent.doWork();
        finish("short");
        assertThat(control.takeCalls()).containsExactly("pause long", "launch short", "resume long");

        control.doLater();
        agent.doWork();

        assertThat(listener.failures).isEmpty();
        assertThat(control.frozen).isEmpty();
        assertThat(summary().running()).isEqualTo(1);
    }

    @Test
    void aTaskToBeKilledIsForgottenOnlyWhenItIsThawed() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        control.slow = true;
        List<String> order = new ArrayList<>();
        agent.finish("long", () -> order.add("killed, frozen: " + control.frozen));
        agent.doWork();
        assertThat(order).isEmpty();

        control.doLater();
        agent.doWork();
        assertThat(order).containsExactly("killed, frozen: []");
    }

    @Test
    void whatOthersFreezeOrThawIsPutRight() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        agent.doWork();
        control.frozen.remove("long");
        control.frozen.add("short");
        control.takeCalls();
        pass(Duration.ofSeconds(2));

        assertThat(listener.failures).containsExactly("long was thawed", "short was frozen");
        assertThat(control.takeCalls()).containsExactly("pause long", "resume short");
        assertThat(control.frozen).containsExactly("long");
    }

    @Test
    void aTaskThatCannotBeFrozenAgainCountsAsRunning() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        agent.doWork();
        control.frozen.remove("long");
        control.cannotPause.add("long");
        pass(Duration.ofSeconds(2));

        assertThat(listener.failures).contains("repair of long: long cannot be frozen");
        assertThat(summary().running()).isEqualTo(1);
        assertThat(control.frozen).containsExactly("short");
    }

    @Test
    void aPausedTaskIsRelaxedWhenYarnHasAnsweredAndAgainWhereThatFailed() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.doWork(); // the look that is due
        agent.arrive(task("short"));
        agent.doWork();
        assertThat(control.relaxed).isEmpty();

        control.cannotRelax.add("long");
        agent.pauseAnswered("long");
        agent.pauseAnswered("never-seen");
        agent.doWork();
        assertThat(listener.failures)
                .containsExactly("slowing down, instead of freezing, of long: long cannot be relaxed");
        assertThat(control.frozen).containsExactly("long");

        control.cannotRelax.clear();
        pass(Duration.ofSeconds(2));
        assertThat(control.relaxed).containsExactly("long");
    }

    @Test
    void noSecondRelaxIsAskedForWhileAnAnswerIsAwaited() {
        arriveAndRun("long", Duration.ofSeconds(30)); // so that the other does not overtake it
        agent.doWork(); // the look that is due
        agent.arrive(task("short"));
        agent.doWork();
        control.slow = true;
        agent.pauseAnswered("long");
        agent.doWork();
        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(control.later).hasSize(1);

        control.doLater();
        agent.doWork();
        pass(Duration.ofSeconds(2));
        control.doLater();
        assertThat(control.relaxed).containsExactly("long", "long");
    }

    @Test
    void nothingIsRepairedWhileAnAnswerIsAwaited() {
        arriveAndRun("long", Duration.ofSeconds(3));
        control.slow = true;
        agent.arrive(task("short"));
        agent.doWork();
        pass(Duration.ofSeconds(2));

        assertThat(listener.failures).isEmpty();
    }

    @Test
    void aTaskLaunchedAgainReplacesItsFormerSelf() {
        arriveAndRun("retried", Duration.ofSeconds(3));
        agent.arrive(task("other"));
        agent.doWork();

        agent.arrive(task("retried"));
        agent.doWork();
        pass(Duration.ofSeconds(5));

        assertThat(listener.failures).isEmpty();
        assertThat(control.takeCalls()).contains("launch retried");
        assertThat(tasks()).hasSize(2);
    }

    @Test
    void aLaunchThatFailsIsTriedAgainAndEverybodyElseGoesOn() {
        arriveAndRun("long", Duration.ofSeconds(3));
        control.cannotLaunch.add("unlucky");
        agent.arrive(task("unlucky"));
        agent.doWork();
        assertThat(control.frozen).isEmpty();
        assertThat(listener.failures)
                .containsExactly("the node policy: no thread for unlucky", "launch of unlucky: no thread for unlucky");

        control.cannotLaunch.clear();
        pass(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(1));

        assertThat(control.launched).contains("unlucky");
        assertThat(summary().running()).isEqualTo(1);
        finish("unlucky");
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void aTaskWhoseProcessExitedGivesItsSlotAwayUntilItIsRelaunched() {
        arriveAndRun("crashing", Duration.ofSeconds(3));
        control.exited.add("crashing");
        agent.arrive(task("short"));
        agent.doWork();
        assertThat(tasks()).extracting(view -> view.request().task()).containsExactly("short");
        assertThat(control.frozen).isEmpty();

        control.exited.clear();
        agent.doWork();
        assertThat(tasks())
                .extracting(TaskView::attainedNanos)
                .contains(Duration.ofSeconds(3).toNanos());
        finish("crashing");
        finish("short");
        assertThat(tasks()).isEmpty();
    }

    @Test
    void releaseThawsEverythingAndLaunchesNothing() {
        arriveAndRun("long", Duration.ofSeconds(3));
        for (int i = 0; i < 6; i++) {
            agent.arrive(task("more-" + i));
        }
        agent.doWork();
        int launched = control.launched.size();
        assertThat(launched).isLessThan(7);
        assertThat(control.frozen).isNotEmpty();
        CompletableFuture<Void> released = agent.release();
        agent.doWork();
        agent.doWork();

        assertThat(released).isCompleted();
        assertThat(control.launched).hasSize(launched);
        assertThat(control.frozen).isEmpty();
    }

    @Test
    void theLastCountsOfATaskAreThoseBetweenItsEndAndWhatFollows() {
        arriveAndRun("long", Duration.ofSeconds(3));
        agent.arrive(task("short"));
        agent.doWork();
        finish("short");

        assertThat(listener.finished).containsExactly("short: 0 running, 1 paused, 0 held");
    }

    @Test
    void theBoundOfTheCentralTierIsApplied() {
        agent.launchBound(2);
        arriveAndRun("a", Duration.ofSeconds(1));
        arriveAndRun("b", Duration.ofSeconds(1));
        agent.arrive(task("c"));
        agent.doWork();

        assertThat(control.launched).containsExactlyInAnyOrder("a", "b");
        finish("a");
        assertThat(control.launched).contains("c");
    }

    private void arriveAndRun(String task, Duration forThisLong) {
        agent.arrive(task(task));
        agent.doWork();
        agent.doWork();
        now += forThisLong.toNanos();
        control.takeCalls();
    }

    private void finish(String task) {
        agent.finish(task, () -> {});
        agent.doWork();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        agent.doWork();
        agent.doWork();
    }

    private ServiceSummary summary() {
        return SteppedAgent.answer(agent, agent.summary());
    }

    private List<TaskView<String>> tasks() {
        return SteppedAgent.answer(agent, agent.tasks());
    }
}
