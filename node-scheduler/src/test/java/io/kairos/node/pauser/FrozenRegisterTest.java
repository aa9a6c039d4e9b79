/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenRegisterTest {
    private static final Duration PROMISED = Duration.ofSeconds(30);

    @Test
    void whatIsFrozenIsThawedWhenItsProcessDiesUnlessAnotherTakesOver(@TempDir Path folder) throws Exception {
        Path died = folder.resolve("died");
        Path replaced = folder.resolve("replaced");
        Process first = sleep();
        Process second = sleep();
        Process third = sleep();
        try (FrozenRegister watched = register(died, first);
                FrozenRegister former = register(replaced, second);
                FrozenRegister latter = register(replaced, third)) {
            watched.add("thawed", "touch " + folder + "/thawed");
            watched.add("ended", "touch " + folder + "/ended");
            watched.remove("ended");
            watched.add("broken", "exit 7");
            former.add("kept", "touch " + folder + "/kept");
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
        register.add("left", "touch " + folder + "/thawed");
        register.close();

        owner.destroyForcibly();
        Awaitility.await().atMost(PROMISED).until(() -> Files.exists(folder.resolve("thawed")));
        Awaitility.await().atMost(PROMISED).until(() -> register.tasks().isEmpty());
    }

    private static FrozenRegister register(Path folder, Process owner) throws IOException {
        return new FrozenRegister(
                folder, new ProcessTable(Path.of("/proc")).find(owner.pid()).orElseThrow());
    }

    private static Process sleep() throws IOException {
        return new ProcessBuilder("sleep", "600").start();
    }
}
