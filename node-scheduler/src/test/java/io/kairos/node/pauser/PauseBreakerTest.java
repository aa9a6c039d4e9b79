/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseBreakerTest {
    private static final long PID = 17;

    private final FakePauser pauser = new FakePauser();
    private final List<String> log = new ArrayList<>();
    private long now = -5;
    private final PauseBreaker breaker = new PauseBreaker(pauser, () -> now, log::add);

    @Test
    void aFailureNowAndThenChangesNothing() throws IOException {
        for (int i = 0; i < 10; i++) {
            fail(2);
            breaker.pause("task", PID);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void afterThreeFailuresInARowNothingIsTriedForAWhile() {
        fail(3);
        pauser.calls.clear();
        now += Duration.ofSeconds(9).toNanos();
        assertThatThrownBy(() -> breaker.pause("task", PID)).hasMessage("preemption is off on this node: broken");

        assertThat(pauser.calls).isEmpty();
        assertThat(breaker.offBecause()).contains("broken");
        assertThat(log)
                .containsExactly("Preemption is off on this node, tasks run on, for 3 pauses in a row failed; one is"
                        + " tried every 10 s. The last: broken");
    }

    @Test
    void oneTryDecidesAndTheOthersWaitForIt() throws IOException {
        fail(3);
        now += Duration.ofSeconds(10).toNanos();
        fail(1);
        pauser.calls.clear();
        assertThatThrownBy(() -> breaker.pause("task", PID)).hasMessageContaining("preemption is off");
        assertThat(pauser.calls).isEmpty();

        now += Duration.ofSeconds(10).toNanos();
        breaker.pause("task", PID);
        breaker.pause("other", PID);
        assertThat(breaker.offBecause()).isEmpty();
        assertThat(log).hasSize(2).last().isEqualTo("Preemption is on again on this node: a pause worked");
    }

    @Test
    void thawsAreNeverHeldBack() throws IOException {
        fail(3);
        breaker.resume("task", PID);
        assertThat(pauser.calls).endsWith("resume task");
    }

    @Test
    void tasksThatEndedSayNothingOfTheNode() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> breaker.pause("ended", PID)).isInstanceOf(TaskGoneException.class);
        }
        assertThat(log).isEmpty();
    }

    private void fail(int times) {
        pauser.broken = true;
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.pause("task", PID)).hasMessage("broken");
        }
        pauser.broken = false;
    }

    private static final class FakePauser implements Pauser {
        final List<String> calls = new ArrayList<>();
        boolean broken;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Optional<Path> prepare(String task) {
            return Optional.empty();
        }

        @Override
        public void pause(String task, long pid) throws IOException {
            calls.add("pause " + task);
            if (task.equals("ended")) {
                throw new TaskGoneException("ended");
            }
            if (broken) {
                throw new IOException("broken");
            }
        }

        @Override
        public void resume(String task, long pid) {
            calls.add("resume " + task);
        }

        @Override
        public boolean isPaused(String task, long pid) {
            return false;
        }

        @Override
        public void release(String task) {}
    }
}
