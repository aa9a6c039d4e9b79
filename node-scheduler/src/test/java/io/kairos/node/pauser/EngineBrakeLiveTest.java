/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers slowed down through a real engine, whatever freezes them. */
@DockerTest
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EngineBrakeLiveTest {
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

    private Pauser pauser(String freezer) throws IOException {
        return Pausers.throttling(freezer.equals("docker") ? new DockerPauser(lab.engine, groups) : groups, lab.engine);
    }

    /** With a hard limit of half a core and with none; both come back. */
    @ParameterizedTest
    @CsvSource({"docker, 0", "docker, 500000000", "cgroup, 0", "cgroup, 500000000"})
    void tenRoundsLoseNothingAndTheLimitComesBack(String freezer, long nanoCpus) throws IOException {
        Pauser pauser = pauser(freezer);
        String task = Lab.newName();
        lab.start(lab.spec(task, Lab.COUNT, 1, nanoCpus));
        long pid = lab.pid(task);
        String usual = limit(task, pid);
        for (int round = 0; round < 10; round++) {
            LabCounter.awaitGrowth(lab);
            pauser.pause(task, pid);
            assertThat(groups.isPaused(task, pid)).isTrue();
            pauser.relax(task, pid);
            assertThat(groups.isPaused(task, pid)).isFalse();
            assertThat(pauser.isPaused(task, pid)).isTrue();
            assertThat(limit(task, pid)).isNotEqualTo(usual).startsWith("1000");
            pauser.resume(task, pid);
            assertThat(pauser.isPaused(task, pid)).isFalse();
            assertThat(limit(task, pid)).isEqualTo(usual);
        }
        String command = pauser.thawCommand(task, pid).orElseThrow();
        pauser.pause(task, pid);
        run(command);
        assertThat(pauser.isPaused(task, pid)).isFalse();
        assertThat(limit(task, pid)).isEqualTo(usual);
        LabCounter.awaitGrowth(lab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void aThrottledContainerExitsByItselfOrIsKilledAtOnce(String freezer) throws IOException {
        Pauser pauser = pauser(freezer);
        String exiting = lab.start("while [ ! -e stop ]; do sleep 0.02; done; exit 3");
        String killed = lab.start("while :; do :; done");
        long exitingPid = lab.pid(exiting);
        long killedPid = lab.pid(killed);
        pauser.pause(exiting, exitingPid);
        pauser.relax(exiting, exitingPid);
        pauser.pause(killed, killedPid);
        pauser.relax(killed, killedPid);

        Files.createFile(folder.resolve("stop"));
        assertThat(lab.engine.kill(killed, "KILL")).isTrue();
        LiveTask.await("both end", () -> !lab.isRunning(exiting) && !lab.isRunning(killed));
        assertThat(lab.status(exiting).exitCode()).isEqualTo(3);
        assertThat(lab.status(killed).exitCode()).isEqualTo(137);
        pauser.resume(exiting, exitingPid);
        pauser.resume(killed, killedPid);
    }

    private static void run(String command) throws IOException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        LiveTask.await("the command ends", () -> !process.isAlive());
    }

    private String limit(String task, long pid) throws IOException {
        ContainerGroups.Group group = ContainerGroups.ofCpu().find(task, pid).orElseThrow();
        CpuQuota quota = group.version() == FreezerVersion.V1 ? CpuQuota.V1 : CpuQuota.V2;
        return Files.readString(quota.file(group.folder())).strip();
    }
}
