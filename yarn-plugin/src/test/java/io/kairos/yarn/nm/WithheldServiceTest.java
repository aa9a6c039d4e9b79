/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.Reading;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.node.TaskView.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithheldServiceTest {
    private final WithheldService<String> service = new WithheldService<>();

    @Test
    void whatIsUsedWhileNotRunningIsWithheldForGood() {
        assertThat(left(State.RUNNING, "c", 10)).isEqualTo(10);
        assertThat(left(State.PAUSED, "c", 15)).isEqualTo(10);
        assertThat(left(State.HELD, "c", 16)).isEqualTo(10);
        assertThat(left(State.RUNNING, "c", 20)).isEqualTo(14);
    }

    @Test
    void aPulsedTaskRuns() {
        assertThat(left(State.RUNNING, "c", 10)).isEqualTo(10);
        assertThat(left(view(State.PAUSED, true), "c", 12)).isEqualTo(12);
    }

    @Test
    void aCounterThatIsFirstSeenOfOneThatDoesNotRunGivesNothing() {
        assertThat(left(State.PAUSED, "c", 10)).isZero();
        assertThat(left(State.RUNNING, "c", 13)).isEqualTo(3);
    }

    @Test
    void anotherCounterBeginsAnew() {
        assertThat(left(State.PAUSED, "c", 10)).isZero();
        assertThat(left(State.RUNNING, "after a relaunch", 4)).isEqualTo(4);
    }

    @Test
    void aCounterThatMissesWhatItSawBeforeWithholdsNothingTwice() {
        assertThat(left(State.RUNNING, "c", 10)).isEqualTo(10);
        assertThat(left(State.PAUSED, "c", 8)).isEqualTo(10);
        assertThat(left(State.PAUSED, "c", 12)).isEqualTo(10);
    }

    @Test
    void ofATaskThatLeftNothingIsKept() {
        assertThat(left(State.PAUSED, "c", 10)).isZero();
        assertThat(service.withhold(List.of(new Reading<>("task", "c", 11)), List.of()))
                .isEmpty();
        assertThat(left(State.RUNNING, "c", 12)).isEqualTo(12);
    }

    private long left(State state, String counter, long nanos) {
        return left(view(state, false), counter, nanos);
    }

    private long left(TaskView<String> view, String counter, long nanos) {
        List<Reading<String>> left = service.withhold(List.of(new Reading<>("task", counter, nanos)), List.of(view));
        assertThat(left).hasSize(1);
        return left.get(0).nanos();
    }

    private static TaskView<String> view(State state, boolean pulsing) {
        return new TaskView<>(new TaskRequest<>("task", "application", 1, 64, true), state, 0, 0, 0, pulsing, false);
    }
}
