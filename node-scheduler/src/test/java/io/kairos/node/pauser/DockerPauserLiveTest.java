/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.PrivateEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of pausing containers, each on a real engine. */
@DockerTest
class DockerPauserLiveTest extends DockerPauserContract {
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Lab lab;

    @SuppressWarnings("NullAway.Init")
    private ContainerGroupPauser groups;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        lab = new Lab(folder);
        groups = new ContainerGroupPauser();
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    @Override
    Lab lab() {
        return lab;
    }

    @Override
    ContainerGroupPauser groups() {
        return groups;
    }

    @Test
    void aKillOfAFrozenContainerTakesEffectWithTheThaw() throws Exception {
        String task = lab.startCounter();
        long pid = lab.pid(task);
        groups.pause(task, pid);
        Thread kill = new Thread(() -> {
            try {
                lab.engine.kill(task, "KILL");
            } catch (EngineException slow) {
                // The engine waits for the end of what is frozen; the signal is sent.
                assertThat(slow.getMessage()).doesNotContain("\n");
            }
        });
        kill.start();
        LiveTask.letTimePass(Duration.ofMillis(300));
        groups.resume(task, pid);
        kill.join();
        LiveTask.await("the container ends", () -> !lab.isRunning(task));
        assertThat(lab.status(task).exitCode()).isEqualTo(137);
    }

    /** It must not count as a failure to pause, of which a few in a row turn pausing off. */
    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void aContainerThatEndedAfterItWasPausedBeforeIsGone(String name) throws Exception {
        Pauser pauser = pauser(name);
        String task = lab.startCounter();
        long pid = lab.pid(task);
        pauser.pause(task, pid);
        pauser.resume(task, pid);
        lab.engine.kill(task, "KILL");
        lab.engine.awaitExit(task, Duration.ofSeconds(30));

        assertThatThrownBy(() -> pauser.pause(task, pid)).isInstanceOf(TaskGoneException.class);
    }

    @Test
    void aContainerNamedLikeAnothersIdIsNotMistakenForIt() throws IOException {
        String task = lab.startCounter();
        String id = lab.status(task).id();
        lab.create(id, "sleep 60");

        assertThatThrownBy(() -> pauser("docker").pause(id, lab.pid(task)))
                .hasMessageContaining("has no process")
                .isInstanceOf(IOException.class);
        assertThat(groups.isPaused(task, lab.pid(task))).isFalse();
        LabCounter.awaitGrowth(lab);
    }

    @Test
    void thisVeryProcessIsNeverFrozen() {
        assertThatThrownBy(() -> groups.pause(
                        "container_1_1_01_000001", ProcessHandle.current().pid()))
                .hasMessageContaining("is in no freezer group of one container");
    }

    @Test
    void whileTheEngineIsSilentTheGroupTakesOver(@TempDir Path engineFolder) throws Exception {
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                Lab own = new Lab(engine.connect(Duration.ofMillis(500)), folder)) {
            String task = own.startCounter();
            long pid = own.pid(task);
            Pauser pauser = new DockerPauser(own.engine, groups);
            engine.signal("STOP");
            try {
                for (int round = 0; round < 3; round++) {
                    LabCounter.awaitGrowth(own);
                    pauser.pause(task, pid);
                    assertThat(pauser.isPaused(task, pid)).isTrue();
                    pauser.resume(task, pid);
                }
            } finally {
                engine.signal("CONT");
            }
            LabCounter.awaitGrowth(own);
            LiveTask.await(
                    "the engine does late what it was asked, and it is put right",
                    () -> settles(own, pauser, task, pid));
        }
    }

    @Test
    void pausedContainersOutliveAKilledEngine(@TempDir Path engineFolder) throws Exception {
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                Lab own = new Lab(engine.connect(Duration.ofSeconds(2)), folder)) {
            String task = own.startCounter();
            long pid = own.pid(task);
            try (DockerEngine other = engine.connect(Duration.ofSeconds(2))) {
                new DockerPauser(other, groups).pause(task, pid);
            }
            engine.signal("KILL");
            assertThat(groups.isPaused(task, pid)).isTrue();
            try {
                engine.startAnew();
            } catch (IOException e) {
                groups.resume(task, pid); // or it would stay for ever
                throw e;
            }

            try (DockerEngine other = engine.connect(Duration.ofSeconds(5))) {
                Pauser pauser = new DockerPauser(other, groups);
                pauser.resume(task, pid);
                LabCounter.awaitGrowth(own);
                pauser.pause(task, pid);
                pauser.resume(task, pid);
            }
            LabCounter.assertUnbroken(own);
        }
    }

    /** What the reconciler does every few seconds, until nothing is left to do. */
    private static boolean settles(Lab own, Pauser pauser, String task, long pid) {
        try {
            pauser.resume(task, pid);
            return !own.status(task).paused() && !pauser.isPaused(task, pid);
        } catch (IOException e) {
            return false;
        }
    }

    /** It hears of its own pauses by events too, and of the last one perhaps after the resume. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEngineThatIsLateWithItsOwnPauseIsAskedAgain(boolean lateWhenLookedAt) throws IOException {
        String task = lab.startCounter();
        long pid = lab.pid(task);
        try (LateEngine late = new LateEngine(lateWhenLookedAt)) {
            Pauser pauser = new DockerPauser(late, groups);
            pauser.pause(task, pid);
            assertThat(late.refusals).isEqualTo(1);
            assertThat(pauser.isPaused(task, pid)).isTrue();
            pauser.resume(task, pid);
        }
        lab.awaitAgreement(task);
        LabCounter.awaitGrowth(lab);
    }

    /** Refuses the first pause of a running container as it would a second one. */
    private static final class LateEngine extends DockerEngine {
        private boolean lateWhenLookedAt;
        private int refusals;

        LateEngine(boolean lateWhenLookedAt) {
            super(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(5));
            this.lateWhenLookedAt = lateWhenLookedAt;
        }

        @Override
        public void pause(String nameOrId) throws EngineException {
            super.pause(nameOrId);
            if (refusals == 0) {
                refusals++;
                try {
                    super.pause(nameOrId);
                } finally {
                    super.unpause(nameOrId);
                }
            }
        }

        @Override
        public @Nullable ContainerStatus inspect(String name) throws EngineException {
            ContainerStatus now = super.inspect(name);
            if (now == null || !lateWhenLookedAt || refusals == 0) {
                return now;
            }
            lateWhenLookedAt = false;
            return new ContainerStatus(
                    now.id(),
                    now.name(),
                    now.begun(),
                    now.running(),
                    true,
                    now.pid(),
                    now.exitCode(),
                    now.outOfMemory());
        }
    }
}
