/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.Decision;
import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeSightTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final NodeCounters<ContainerId> counters = new NodeCounters<>();

    @AfterEach
    void close() {
        counters.close();
    }

    @Test
    void aPauseLastsFromThePauseToTheResumeWhateverPulsesComeBetween() {
        counters.decided(decision(Action.PAUSE, Reason.ARRIVAL, 10, 1));
        counters.decided(decision(Action.PULSE_START, Reason.KEEP_ALIVE, 12, 1));
        counters.decided(decision(Action.PULSE_END, Reason.KEEP_ALIVE, 13, 1));
        counters.decided(decision(Action.RESUME, Reason.FREE_SLOT, 15, 1));

        assertThat(counters.preemptions.sum()).isEqualTo(1);
        assertThat(counters.pulses.sum()).isEqualTo(1);
        assertThat(counters.resumes.sum()).isEqualTo(1);
        assertThat(counters.pausedMillis.sum()).isEqualTo(5_000);
    }

    @Test
    void aPauseThatFailedHasNoLength() {
        Decision<ContainerId> pause = decision(Action.PAUSE, Reason.ARRIVAL, 10, 1);
        counters.decided(pause);
        counters.undone(pause, new IOException("broken"));
        counters.decided(decision(Action.RESUME, Reason.FREE_SLOT, 15, 1));

        assertThat(counters.pauseFailures.sum()).isEqualTo(1);
        assertThat(counters.pausedMillis.sum()).isZero();
    }

    @Test
    void aPauseThatCameTooLateIsNoFailure() {
        counters.undone(decision(Action.PAUSE, Reason.ARRIVAL, 10, 1), new TaskEndingException("gone"));
        counters.failed("pause", new TaskEndingException("gone"));

        assertThat(counters.pauseFailures.sum()).isZero();
        assertThat(counters.policyFailures.sum()).isZero();
    }

    @Test
    void theEndOfAPausedTaskEndsItsPause() {
        counters.decided(decision(Action.PAUSE, Reason.ARRIVAL, 10, 1));
        counters.finished(
                new TaskView<>(
                        new TaskRequest<>(id(1), "app", 1, 64, true), TaskView.State.PAUSED, 0, 1, 0, false, false),
                12 * SECOND,
                0,
                0,
                0);

        assertThat(counters.pausedMillis.sum()).isEqualTo(2_000);
        assertThat(counters.finished.sum()).isEqualTo(1);
    }

    @Test
    void aPauseIsToldWithBothSides() {
        assertThat(DecisionWords.of(decision(Action.PAUSE, Reason.ARRIVAL, 10, 22)))
                .isEqualTo("paused for the 22nd time, it had attained 7.0 s, more than " + id(2)
                        + ", which takes its place with 3.0 s");
        assertThat(DecisionWords.of(decision(Action.PAUSE, Reason.QUANTUM, 10, 11)))
                .startsWith("paused for the 11th time, its quantum was over: it had attained 7.0 s");
        assertThat(DecisionWords.of(decision(Action.GUARANTEE, Reason.PREEMPTED_TOO_OFTEN, 10, 4)))
                .isEqualTo("guaranteed uninterrupted service, for it was paused 4 times");
    }

    @Test
    void aPauseForATaskThatHasAttainedAsMuchOrMoreIsForItsApplication() {
        assertThat(DecisionWords.of(decision(Action.PAUSE, Reason.ARRIVAL, 10, 1, 7, 3)))
                .isEqualTo("paused for the 1st time, it had attained 7.0 s (1.0 s over weight 7); " + id(2)
                        + " takes its place with 3.0 s (1.0 s over weight 3), for its application comes first");
    }

    @Test
    void withWeightsWhatIsComparedIsToldToo() {
        assertThat(DecisionWords.of(decision(Action.PAUSE, Reason.ARRIVAL, 10, 1, 2, 1)))
                .isEqualTo("paused for the 1st time, it had attained 7.0 s (3.5 s over weight 2), more than " + id(2)
                        + ", which takes its place with 3.0 s");
        assertThat(DecisionWords.of(decision(Action.RESUME, Reason.QUANTUM, 10, 1, 1, 0.25)))
                .isEqualTo("resumed, with 7.0 s of service attained in the place of " + id(2)
                        + ", which had attained 3.0 s (12.0 s over weight 0.25)");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void everyDecisionIsOneSentence(Action action) {
        for (Reason reason : Reason.values()) {
            assertThat(DecisionWords.of(decision(action, reason, 1, 3)))
                    .isNotBlank()
                    .doesNotContain("null", "\n", "  ");
        }
    }

    private static Decision<ContainerId> decision(Action action, Reason reason, long seconds, int preemptions) {
        return decision(action, reason, seconds, preemptions, 1, 1);
    }

    private static Decision<ContainerId> decision(
            Action action, Reason reason, long seconds, int preemptions, double weight, double otherWeight) {
        return new Decision<>(
                action,
                reason,
                id(1),
                "app",
                seconds * SECOND,
                7 * SECOND,
                weight,
                preemptions,
                id(2),
                3 * SECOND,
                otherWeight,
                1,
                1,
                0);
    }

    private static ContainerId id(long number) {
        return ContainerId.newContainerId(ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1), number);
    }
}
