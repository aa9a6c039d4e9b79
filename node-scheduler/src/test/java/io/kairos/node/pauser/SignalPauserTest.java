/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real processes do too seldom to be tried on them, on a made-up process table. */
final class SignalPauserTest {
    private static final long PID = FakeProc.NO_SUCH_PROCESS;

    private final HookedPace pace = new HookedPace();
    private final FakeProc proc;
    private final SignalPauser pauser;

    SignalPauserTest(@TempDir Path folder) throws IOException {
        proc = new FakeProc(folder);
        pauser = new SignalPauser(proc.table(), pace);
    }

    @AfterEach
    void close() {
        pauser.close();
    }

    @Test
    void aPidThatIsReusedDuringThePauseIsNotTheTask() throws IOException {
        proc.put(PID, "R", 1, PID, 100);
        pace.onRest(() -> proc.put(PID, "T", 1, PID, 200));
        assertThatThrownBy(() -> pauser.pause("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessage("task task has no process " + PID)
                // The stranger did not get a SIGCONT through to its fake state: the roll-back tried and said so.
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void aProcessThatNeverStopsFailsThePauseAtTheDeadline() throws IOException {
        proc.put(PID, "R", 1, PID, 100);
        assertThatThrownBy(() -> pauser.pause("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot pause task task: processes [" + PID
                        + "] still run after 2000 ms; expected all of its 1 processes to be stopped");
    }

    @Test
    void aPauseThatFindsThisProcessInTheTreeIsRolledBack() throws IOException {
        proc.put(PID, "T", 1, PID, 100);
        proc.put(PID + 999, "S", PID, 1, 100);
        pace.onRest(() -> proc.put(PID, "R", 1, PID, 100));
        assertThatThrownBy(() -> pauser.pause("task", PID)).hasMessageContaining("is an ancestor of this very process");
        assertThat(pauser.isPaused("task", PID)).isFalse();
    }

    @Test
    void aZombieIsNoProcess() throws IOException {
        proc.put(PID, "Z", 1, PID, 100);
        assertThatThrownBy(() -> pauser.pause("task", PID)).hasMessage("task task has no process " + PID);
        assertThat(pauser.isPaused("task", PID)).isFalse();
        pauser.resume("task", PID);
    }

    @Test
    void aProcessThatStaysStoppedFailsTheResume() throws IOException {
        proc.put(PID, "T", 1, PID, 100);
        assertThatThrownBy(() -> pauser.resume("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot resume task task: processes [" + PID + "] are still stopped after a SIGCONT");
    }

    @Test
    void needsNoGroupAndKeepsNothing() throws IOException {
        assertThat(pauser.prepare("task")).isEmpty();
        assertThat(pauser.frozenTasks()).isEmpty();
        pauser.thaw("task");
        pauser.release("task");
        assertThat(pauser.name()).isEqualTo("signal");
    }

    @Test
    void aClosedPauserSaysSo() throws IOException {
        proc.put(PID, "R", 1, PID, 100);
        pauser.close();
        assertThatThrownBy(() -> pauser.pause("task", PID)).hasMessageContaining("the pauser is closed");
    }
}
