/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a watchdog, run where there is no command {@code docker}. */
class EngineCallTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void anAnswerIsGoodIfTheContainerRunsOrIsGone() {
        assertThat(EngineCall.isDone("HTTP/1.0 204 No Content\r\n\r\n")).isTrue();
        assertThat(EngineCall.isDone("HTTP/1.1 404 Not Found\r\n\r\n{}")).isTrue();
        assertThat(EngineCall.isDone("HTTP/1.0 500 Internal Server Error\r\n\r\nContainer c is not paused"))
                .isTrue();
        assertThat(EngineCall.isDone("HTTP/1.0 500 Internal Server Error\r\n\r\n204 "))
                .isFalse();
        assertThat(EngineCall.isDone("")).isFalse();
    }

    @Test
    void thisJavaCanCallAnEngine() {
        assertThat(EngineCall.trouble()).isEmpty();
    }

    @Test
    void anEngineThatIsAwayIsAFailure() throws Exception {
        assertThat(run(EngineCall.unpause("unix://" + folder + "/none.sock", "task")))
                .isNotZero();
    }

    @Test
    @DockerTest
    void aContainerIsThawedWithoutTheCommandDocker() throws Exception {
        try (Lab lab = new Lab(folder)) {
            String task = lab.startCounter();
            lab.engine.pause(task);
            String command = EngineCall.unpause(Lab.HOST, task);
            assertThat(run(command)).isZero();
            lab.awaitAgreement(task);
            assertThat(run(command)).as("it runs already").isZero();
            assertThat(run(EngineCall.unpause(Lab.HOST, Lab.newName())))
                    .as("gone")
                    .isZero();
        }
    }

    @Test
    @DockerTest
    void aLimitIsSetWithoutTheCommandDocker() throws Exception {
        try (Lab lab = new Lab(folder)) {
            String task = lab.startCounter();
            long pid = lab.pid(task);
            EngineBrake brake = new EngineBrake(lab.engine, ContainerGroups.ofCpu());
            lab.engine.slowDown(task);
            assertThat(brake.isApplied(task, pid)).isTrue();
            assertThat(run(EngineCall.limit(Lab.HOST, task, -1))).isZero();
            assertThat(brake.isApplied(task, pid)).isFalse();
        }
    }

    /** With no program on the path but the one that sets a limit of time. */
    private int run(String command) throws IOException, InterruptedException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Files.copy(
                Path.of("/usr/bin/timeout"),
                programs.resolve("timeout"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", command).inheritIO();
        builder.environment().put("PATH", programs.toString());
        return builder.start().waitFor();
    }
}
