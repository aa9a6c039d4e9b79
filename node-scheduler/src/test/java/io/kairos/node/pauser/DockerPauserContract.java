/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pausing a container does with either version of the freezer, through the engine and past it. */
abstract class DockerPauserContract {
    /** Where the containers under test are. */
    abstract Lab lab();

    /** Freezes past the engine. */
    abstract ContainerGroupPauser groups();

    final Pauser pauser(String name) {
        return name.equals("docker") ? new DockerPauser(lab().engine, groups()) : groups();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void aHundredPausesOfOneContainerLoseNothing(String name) throws IOException {
        Pauser pauser = pauser(name);
        String task = lab().startCounter();
        long pid = lab().pid(task);
        for (int round = 0; round < 100; round++) {
            LabCounter.awaitGrowth(lab());
            pauser.pause(task, pid);
            assertThat(pauser.isPaused(task, pid)).isTrue();
            long size = LabCounter.size(lab());
            LiveTask.letTimePass(Duration.ofMillis(8));
            assertThat(LabCounter.size(lab())).as("round %d", round).isEqualTo(size);
            pauser.resume(task, pid);
            assertThat(pauser.isPaused(task, pid)).isFalse();
        }
        LabCounter.awaitGrowth(lab());
        LabCounter.assertUnbroken(lab());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void aStormOnShortContainersLosesNone(String name) throws IOException {
        Pauser pauser = pauser(name);
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(lab().start("for i in {1..60}; do sleep 0.02; done; echo end > end-" + i));
        }
        int pauses = 0;
        boolean running = true;
        while (running) {
            running = false;
            for (String task : tasks) {
                long pid = lab().pid(task);
                if (pid == 0) {
                    continue;
                }
                running = true;
                try {
                    pauser.pause(task, pid);
                    pauses++;
                } catch (IOException e) {
                    // It ended just before, or has.
                    assertThat(e.getMessage()).doesNotContain("\n");
                }
                pauser.resume(task, pid);
            }
        }
        assertThat(pauses).isPositive();
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(lab().status(tasks.get(i)).exitCode()).isZero();
            assertThat(lab().file("end-" + i)).hasContent("end");
        }
    }

    @Test
    void aThawBehindTheEnginesBackIsRepaired() throws IOException {
        Pauser pauser = pauser("docker");
        String task = lab().startCounter();
        long pid = lab().pid(task);
        pauser.pause(task, pid);
        groups().resume(task, pid);
        LabCounter.awaitGrowth(lab());
        assertThat(lab().status(task).paused()).as("what the engine remembers").isTrue();

        pauser.pause(task, pid);
        assertThat(pauser.isPaused(task, pid)).isTrue();
        groups().resume(task, pid);
        awaitAgreement(pauser, task, pid);
        LabCounter.awaitGrowth(lab());
    }

    @Test
    void aFreezeBehindTheEnginesBackIsThawed() throws IOException {
        Pauser pauser = pauser("docker");
        String task = lab().startCounter();
        long pid = lab().pid(task);
        groups().pause(task, pid);
        pauser.resume(task, pid);
        LabCounter.awaitGrowth(lab());
    }

    /** Waits until the engine is done with what it was asked before, and takes the task for what it is. */
    final void awaitAgreement(Pauser pauser, String task, long pid) {
        LiveTask.await(
                "the engine agrees that it runs", () -> settles(pauser, task, pid) && !lab().isTakenForPaused(task));
    }

    /** What the reconciler does every few seconds, until nothing is left to do. */
    static boolean settles(Pauser pauser, String task, long pid) {
        try {
            pauser.resume(task, pid);
            return !pauser.isPaused(task, pid);
        } catch (IOException e) {
            return false;
        }
    }
}
