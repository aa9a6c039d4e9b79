/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenRegisterTest {
    private static final Duration PROMISED = Duration.ofSeconds(30);

    private static final FrozenRegister.Pace SWIFT = new FrozenRegister.Pace(1, 1, 1);

    /** That of a task which lives. */
    private static final long PID = ProcessHandle.current().pid();

    @Test
    void whatIsFrozenIsThawedWhenItsProcessDiesUnlessAnotherTakesOver(@TempDir Path folder) throws Exception {
        Path died = folder.resolve("died");
        Path replaced = folder.resolve("replaced");
        Process first = sleep();
        Process second = sleep();
        Process third = sleep();
        try (FrozenRegister watched = register(died, first, FrozenRegister.Pace.USUAL);
                FrozenRegister former = register(replaced, second, FrozenRegister.Pace.USUAL);
                FrozenRegister latter = register(replaced, third, FrozenRegister.Pace.USUAL)) {
            watched.add("thawed", PID, "touch " + folder + "/thawed");
            watched.add("ended", PID, "touch " + folder + "/ended");
            watched.remove("ended");
            watched.add("broken", PID, "exit 7");
            former.add("kept", PID, "touch " + folder + "/kept");
            assertThat(watched.tasks()).containsExactly("broken", "thawed");

            first.destroyForcibly();
            second.destroyForcibly();

            Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("thawed")));
            Awaitility.await().atMost(PROMISED).until(() -> watched.tasks().size() == 1);
            assertThat(watched.tasks())
                    .as("what could not be thawed stays noted")
                    .containsExactly("broken");
            assertThat(folder.resolve("ended")).doesNotExist();
            assertThat(folder.resolve("kept")).doesNotExist();
            assertThat(latter.tasks()).containsExactly("kept");
            latter.remove("kept");
            watched.remove("broken");
        } finally {
            third.destroyForcibly();
        }
    }

    @Test
    void oneThatIsClosedWhileSomethingIsFrozenGoesOnWatching(@TempDir Path folder) throws Exception {
        Process owner = sleep();
        FrozenRegister register = register(folder.resolve("register"), owner);
        register.add("left", PID, "touch " + folder + "/thawed");
        register.close();

        owner.destroyForcibly();
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("thawed")));
        Awaitility.await().atMost(PROMISED).until(() -> register.tasks().isEmpty());
    }

    @Test
    void whatCannotBeThawedAtOnceIsTriedAgainForAsLongAsItsTaskLives(@TempDir Path folder) throws Exception {
        Path engine = folder.resolve("engine");
        Process owner = sleep();
        Process task = sleep();
        FrozenRegister register = register(folder.resolve("register"), owner);
        register.add("late", PID, "touch " + folder + "/tried; [[ -e " + engine + " ]] && touch " + folder + "/thawed");
        register.add("gone", task.pid(), "touch " + folder + "/asked; exit 1");
        owner.destroyForcibly();
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("tried")));
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("asked")));
        assertThat(register.tasks()).containsExactly("gone", "late");

        Files.createFile(engine);
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("thawed")));
        Awaitility.await().atMost(PROMISED).until(() -> register.tasks().equals(List.of("gone")));
        task.destroyForcibly().waitFor();
        Awaitility.await().atMost(PROMISED).until(() -> register.tasks().isEmpty());
        Awaitility.await().atMost(PROMISED).until(() -> watchdogs(folder) == 0);
    }

    @Test
    void aWatchdogThatTriesAgainGivesUpWhenAnotherTakesTheFolderOver(@TempDir Path folder) throws Exception {
        Process first = sleep();
        Process second = sleep();
        FrozenRegister former = register(folder, first);
        former.add("stuck", PID, "touch " + folder + "/tried; exit 1");
        first.destroyForcibly();
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("tried")));

        try (FrozenRegister latter = register(folder, second)) {
            Awaitility.await().atMost(PROMISED).until(() -> watchdogs(folder) == 1);
            assertThat(latter.tasks()).containsExactly("stuck");
            latter.remove("stuck");
        } finally {
            second.destroyForcibly();
        }
    }

    private static long watchdogs(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("kairos-watchdog " + folder))
                .count();
    }

    private static FrozenRegister register(Path folder, Process owner) throws IOException {
        return register(folder, owner, SWIFT);
    }

    private static FrozenRegister register(Path folder, Process owner, FrozenRegister.Pace pace) throws IOException {
        return new FrozenRegister(
                folder, new ProcessTable(Path.of("/proc")).find(owner.pid()).orElseThrow(), pace);
    }

    private static Process sleep() throws IOException {
        return new ProcessBuilder("sleep", "600").start();
    }
}
