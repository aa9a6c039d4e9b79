/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignalPauserLiveTest extends PauserContract {
    private final SignalPauser signalPauser;

    SignalPauserLiveTest(@TempDir Path folder) throws IOException {
        super(new SignalPauser(), folder);
        signalPauser = (SignalPauser) pauser();
    }

    @Override
    void assertNothingLeft() {
        assertThat(signalPauser.shell().process()).isNull();
    }

    @Test
    void aShellThatDiedIsReplaced() throws IOException {
        LiveTask task = start("task", "count counter");
        for (int round = 0; round < 10; round++) {
            task.pause();
            endShell();
            task.resume();
            endShell();
        }
        task.awaitGrowth("counter");
    }

    private void endShell() {
        Process shell = Objects.requireNonNull(signalPauser.shell().process());
        shell.destroyForcibly();
        LiveTask.await("the shell ends", () -> !shell.isAlive());
    }

    @Test
    void aShellThatHangsFailsThePauseInTimeAndIsReplaced() throws Exception {
        LiveTask task = start("task", "count counter");
        task.pause();
        task.resume();
        long shell = Objects.requireNonNull(signalPauser.shell().process()).pid();
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + shell)
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(task::pause).isInstanceOf(IOException.class).hasMessageContaining("did not answer");
        task.awaitGrowth("counter");
        task.pause();
        assertThat(task.isPaused()).isTrue();
        task.resume();
    }

    @Test
    void theShellIgnoresWhatATerminalSends() throws Exception {
        LiveTask task = start("task", "count counter");
        task.pause();
        Process shell = Objects.requireNonNull(signalPauser.shell().process());
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -INT " + shell.pid() + "; kill -HUP " + shell.pid())
                        .start()
                        .waitFor())
                .isZero();
        task.resume();
        assertThat(signalPauser.shell().process()).isSameAs(shell);
    }

    @Test
    void theShellEndsWithItsVirtualMachineHoweverThatDies() throws Exception {
        Process machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShellHolder.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = machine.inputReader(StandardCharsets.US_ASCII)) {
            long shell = Long.parseLong(out.readLine());
            assertThat(ProcessHandle.of(shell)).isPresent();
            machine.destroyForcibly();
            LiveTask.await(
                    "the shell ends",
                    () -> ProcessHandle.of(shell).filter(ProcessHandle::isAlive).isEmpty());
        } finally {
            machine.destroyForcibly();
        }
    }

    /** A process of its own that starts a shell and then waits to be killed. */
    static final class ShellHolder {
        private ShellHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (SignalPauser pauser = new SignalPauser()) {
                Process task = new ProcessBuilder("setsid", "true").start();
                task.waitFor();
                pauser.shell()
                        .send(
                                SignalShell.Signal.CONT,
                                List.of(FakeProc.NO_SUCH_PROCESS),
                                new Deadline(Deadline.Pace.SYSTEM, Duration.ofSeconds(10)));
                System.out.println(
                        Objects.requireNonNull(pauser.shell().process()).pid());
                System.in.read();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1})
    void reservedPidsAreRefused(long pid) {
        assertThatThrownBy(() -> signalPauser.pause("task", pid))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> signalPauser.resume("task", pid)).isInstanceOf(IOException.class);
    }

    @Test
    void thisProcessAndItsAncestorsAreRefused() {
        ProcessHandle self = ProcessHandle.current();
        assertThatThrownBy(() -> signalPauser.pause("task", self.pid())).hasMessageContaining("refused");
        long ownGroup = new ProcessTable(Path.of("/proc"))
                .find(self.pid())
                .orElseThrow()
                .group();
        assertThatThrownBy(() -> signalPauser.pause("task", ownGroup)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> signalPauser
                        .shell()
                        .send(
                                SignalShell.Signal.CONT,
                                List.of(ownGroup),
                                new Deadline(Deadline.Pace.SYSTEM, Duration.ofSeconds(2))))
                .hasMessageContaining("refused to signal process group " + ownGroup);
    }

    @Test
    void onlyALeaderOfASessionIsTakenForATask() throws Exception {
        Process plain = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> signalPauser.pause("task", plain.pid()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected the leader of a session of its own");
            assertThat(signalPauser.isPaused("task", plain.pid())).isFalse();
            signalPauser.resume("task", plain.pid());
        } finally {
            plain.destroyForcibly();
        }
    }
}
