/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.Pauser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that raced with a pause would freeze half inside the container and hold the engine's locks. */
@DockerTest
class RoutedPauserLiveTest {
    private static final int COMMANDS = 25;

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void commandsInAContainerAndPausesOfItNeverMeet(String name, @TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            ContainerGroupPauser groups = new ContainerGroupPauser();
            Pauser containers = name.equals("docker") ? new DockerPauser(lab.engine, groups) : groups;
            RoutedPauser pauser = new RoutedPauser(containers, groups);
            String task = lab.startCounter();
            long pid = lab.pid(task);
            pauser.runsInContainer(task);

            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger pauses = new AtomicInteger();
            AtomicInteger refusals = new AtomicInteger();
            CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    try {
                        pauser.pause(task, pid);
                        pauses.incrementAndGet();
                        pauser.resume(task, pid);
                    } catch (IOException refused) {
                        assertThat(refused).hasMessageContaining("is not paused while a command is run in it");
                        refusals.incrementAndGet();
                    }
                }
            });
            for (int i = 0; i < COMMANDS; i++) {
                try (AutoCloseable guard = pauser.command(task)) {
                    pauser.resume(task, pid);
                    ByteArrayOutputStream said = new ByteArrayOutputStream();
                    lab.engine.exec(task, List.of("bash", "-c", "echo " + i), false, null, said);
                    assertThat(said).hasToString(i + "\n");
                }
            }
            done.set(true);
            pausing.join();

            assertThat(refusals.get()).isPositive();
            assertThat(pauses.get()).isPositive();
            assertThat(pauser.isPaused(task, pid)).isFalse();
            assertThat(lab.status(task).paused()).isFalse();
        }
    }
}
