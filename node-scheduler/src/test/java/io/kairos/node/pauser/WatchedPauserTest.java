/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a task is noted as frozen, and for how long. */
class WatchedPauserTest {
    private static final long PID = ProcessHandle.current().pid();

    private final FakePauser bare = new FakePauser();
    private final List<String> log = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FrozenRegister register;

    @SuppressWarnings("NullAway.Init")
    private Pauser pauser;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary.resolve("register");
        register = new FrozenRegister(folder);
        pauser = new WatchedPauser(bare, register, log::add);
    }

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void aTaskIsNotedFromItsPauseToItsThaw() throws IOException {
        pauser.pause("task", PID);
        assertThat(register.tasks()).containsExactly("task");
        pauser.resume("task", PID);
        assertThat(register.tasks()).isEmpty();
    }

    @Test
    void aTaskWhosePauseFailedIsNotNotedUnlessItIsFrozenAllTheSame() throws IOException {
        bare.broken = true;
        assertThatThrownBy(() -> pauser.pause("task", PID)).hasMessage("the engine is away");
        assertThat(register.tasks()).isEmpty();

        bare.frozen.add("task");
        assertThatThrownBy(() -> pauser.pause("task", PID)).hasMessage("the engine is away");
        assertThat(register.tasks()).containsExactly("task");
        bare.broken = false;
        pauser.resume("task", PID);
    }

    @Test
    void aTaskThatIsReleasedWhileItIsFrozenStaysNotedUntilItIsThawed() throws IOException {
        pauser.pause("task", PID);
        bare.broken = true;
        assertThatThrownBy(() -> pauser.resume("task", PID)).hasMessage("the engine is away");
        pauser.release("task");
        assertThat(bare.released).containsExactly("task");
        assertThat(register.tasks()).containsExactly("task");

        bare.broken = false;
        pauser.resume("task", PID);
        assertThat(register.tasks()).isEmpty();
    }

    @Test
    void aTaskThatEndedWhileItWasFrozenIsStruckOutAtItsRelease() throws IOException {
        pauser.pause("task", PID);
        bare.frozen.clear();
        pauser.release("task");
        assertThat(register.tasks()).isEmpty();
    }

    @Test
    void aNoteThatCannotBeStruckOutFailsNeitherTheThawNorTheReleaseAndIsToldOnce() throws IOException {
        pauser.pause("task", PID);
        makeUndeletable("task");

        pauser.resume("task", PID);
        pauser.resume("task", PID);
        pauser.release("task");

        assertThat(bare.frozen).isEmpty();
        assertThat(bare.released).containsExactly("task");
        assertThat(log).singleElement().asString().contains("task").contains("is still noted as paused");
        Files.delete(note("task").resolve("inside"));
        pauser.thaw("task");
        assertThat(register.tasks()).isEmpty();
    }

    /** What is in the way is a folder that is not empty: a disk that became read-only cannot be had without a mount. */
    private void makeUndeletable(String task) throws IOException {
        Files.delete(note(task));
        Files.createDirectories(note(task).resolve("inside"));
    }

    private Path note(String task) {
        return folder.resolve(task + ".frozen");
    }

    /** Freezes a name; does nothing while it is broken. */
    private static final class FakePauser implements Pauser {
        private final Set<String> frozen = new HashSet<>();
        private final List<String> released = new ArrayList<>();
        private boolean broken;

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
            requireWorking();
            frozen.add(task);
        }

        @Override
        public void resume(String task, long pid) throws IOException {
            requireWorking();
            frozen.remove(task);
        }

        @Override
        public boolean isPaused(String task, long pid) {
            return frozen.contains(task);
        }

        @Override
        public Optional<String> thawCommand(String task, long pid) {
            return Optional.of("true");
        }

        @Override
        public void release(String task) {
            released.add(task);
        }

        private void requireWorking() throws IOException {
            if (broken) {
                throw new IOException("the engine is away");
            }
        }
    }
}
