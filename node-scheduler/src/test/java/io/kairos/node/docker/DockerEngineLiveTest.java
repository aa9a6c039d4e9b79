/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DockerTest
class DockerEngineLiveTest {
    @SuppressWarnings("NullAway.Init")
    private Lab lab;

    @BeforeEach
    void open(@TempDir Path folder) {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void aContainerRunsEndsAndIsRemoved() throws Exception {
        String name = lab.start("echo out; echo err >&2; exit 7");
        while (lab.status(name).running()) {
            lab.engine.awaitExit(name, Duration.ofSeconds(10));
        }
        assertThat(lab.status(name).exitCode()).isEqualTo(7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        lab.engine.copyLog(name, out, err);
        assertThat(out).hasToString("out\n");
        assertThat(err).hasToString("err\n");
        assertThat(lab.engine.lastLines(name, 1)).isNotBlank();
        assertThat(lab.engine.labelled("io.kairos.test")).containsEntry(name, "lab");
        assertThat(lab.engine.kill(name, "TERM")).isFalse();

        lab.engine.remove(name);
        assertThat(lab.engine.inspect(name)).isNull();
        lab.engine.remove(name);
        assertThat(lab.engine.kill(name, "TERM")).isFalse();
    }

    @Test
    void aRunningContainerIsPausedUnpausedSignalledAndEntered() throws Exception {
        String name = lab.start("trap 'exit 3' TERM; while :; do sleep 0.02; done");
        lab.engine.pause(name);
        assertThat(lab.status(name).paused()).isTrue();
        assertThatThrownBy(() -> lab.engine.pause(name))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT));
        lab.engine.unpause(name);
        lab.awaitAgreement(name);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lab.engine.exec(name, List.of("bash", "-c", "echo inside $((40 + 2))"), false, null, out);
        assertThat(out).hasToString("inside 42\n");

        assertThat(lab.engine.kill(name, "TERM")).isTrue();
        while (lab.status(name).running()) {
            lab.engine.awaitExit(name, Duration.ofSeconds(10));
        }
        assertThat(lab.status(name).exitCode()).isEqualTo(3);
    }

    @Test
    void itsImagesAreToldAndWhichHaveAHealthCheck() throws Exception {
        String image = "kairos-test-health:1";
        Process build = new ProcessBuilder(
                        "bash",
                        "-c",
                        "docker -H " + Lab.HOST + " import --change 'HEALTHCHECK CMD true' <(tar c -T /dev/null) "
                                + image)
                .redirectErrorStream(true)
                .start();
        assertThat(build.waitFor())
                .as(() -> String.valueOf(build.inputReader().lines().toList()))
                .isZero();
        try {
            assertThat(lab.engine.images()).contains(image, Lab.IMAGE + ":latest");
            assertThat(lab.engine.hasHealthCheck(image)).isTrue();
            assertThat(lab.engine.hasHealthCheck(Lab.IMAGE)).isFalse();
        } finally {
            new ProcessBuilder("docker", "-H", Lab.HOST, "rmi", image).start().waitFor();
        }
    }

    @Test
    void aContainerHasNoPrivilegeAndItsLimits() throws Exception {
        String name =
                lab.start("grep -E 'CapEff|NoNewPrivs' /proc/self/status > status; touch /usr/x; echo $? > write");
        while (lab.status(name).running()) {
            lab.engine.awaitExit(name, Duration.ofSeconds(10));
        }
        assertThat(Files.readString(lab.file("status")))
                .containsPattern("CapEff:\\s+0000000000000000")
                .containsPattern("NoNewPrivs:\\s+1");
        assertThat(Files.readString(lab.file("write"))).isEqualTo("1\n");
    }

    @Test
    void theBeginningOfAnIdIsNoName() throws Exception {
        String name = lab.start("sleep 60");
        String beginning = lab.status(name).id().substring(0, 12);
        assertThat(lab.engine.inspect(beginning)).isNull();
    }

    @Test
    void whatIsMissingIsSaidInOneLine() {
        ContainerSpec spec = lab.spec(Lab.newName(), "true");
        ContainerSpec missing = new ContainerSpec(
                spec.name(),
                "no-such-image",
                spec.user(),
                spec.groups(),
                spec.entrypoint(),
                spec.command(),
                spec.environment(),
                null,
                spec.mounts(),
                spec.network(),
                spec.capabilities(),
                spec.memoryBytes(),
                spec.cpuShares(),
                0,
                null,
                spec.labels());
        assertThatThrownBy(() -> lab.engine.create(missing))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("creating container " + spec.name() + " of image no-such-image")
                .hasMessageNotContaining("\n");
    }
}
