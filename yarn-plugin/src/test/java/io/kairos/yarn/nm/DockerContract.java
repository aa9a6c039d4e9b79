/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import io.kairos.yarn.testing.TestApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A real NodeManager whose tasks run in real Docker containers. */
@DockerTest
abstract class DockerContract extends PausingContract {
    private final DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30));

    @SuppressWarnings("NullAway.Init")
    private String owner;

    DockerContract(String pauserName) {
        super(pauserName);
    }

    DockerContract(String pauserName, PauseMode mode) {
        super(pauserName, mode);
    }

    @AfterAll
    void nothingIsLeft() throws IOException {
        awaitNothingLeft();
        engine.close();
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            for (Path hierarchy : hierarchies.toList()) {
                Path groups = hierarchy.resolve(cgroupParent());
                File[] left = groups.toFile().listFiles(File::isDirectory);
                assertThat(left == null ? new File[0] : left)
                        .as(groups.toString())
                        .isEmpty();
            }
        }
    }

    /** A NodeManager that is stopped sooner leaves ended containers to the sweep of the next one, and here comes none. */
    static void awaitNothingLeft(Configuration nodeConfiguration) {
        String folder = nodeConfiguration.getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0];
        try (DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30))) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            engine.labelled("io.kairos.nodemanager").values())
                    .doesNotContain(folder));
        }
    }

    private void awaitNothingLeft() {
        Awaitility.await().atMost(goneWithin()).untilAsserted(this::assertNothingFrozen);
    }

    /** An engine needs a good tenth of a second for each container that it ends. */
    @Override
    Duration goneWithin() {
        return Duration.ofSeconds(20);
    }

    static void useDocker(Configuration configuration) {
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosDockerContainerExecutor.class.getName());
        configuration.set(DockerKeys.ALLOWED_IMAGES.name(), Lab.IMAGE + ", " + Lab.IMAGE + ":*");
        configuration.set(DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name(), System.getProperty("java.io.tmpdir"));
        configuration.set(
                YarnConfiguration.NM_DOCKER_DEFAULT_RO_MOUNTS,
                Lab.hostPrograms().stream()
                        .map(mount -> mount.source() + ":" + mount.target())
                        .collect(Collectors.joining(",")));
    }

    static Map<String, String> inDocker(Path folder) {
        return Map.of(
                "YARN_CONTAINER_RUNTIME_TYPE",
                "docker",
                "YARN_CONTAINER_RUNTIME_DOCKER_IMAGE",
                Lab.IMAGE,
                "YARN_CONTAINER_RUNTIME_DOCKER_MOUNTS",
                folder + ":" + folder + ":rw");
    }

    @Test
    void whatIsNotAllowedIsRefusedInTheDiagnosticsAndNothingIsStarted() throws Exception {
        awaitNothingLeft();
        Map<String, String> mount = new HashMap<>(inDocker(Path.of("/etc")));
        assertThat(diagnostics(mount))
                .contains("Docker mount '/etc' (rw) is not allowed: expected a path below")
                .contains(DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name());
        Map<String, String> image = new HashMap<>(inDocker(Path.of("/tmp")));
        image.put("YARN_CONTAINER_RUNTIME_DOCKER_IMAGE", "forbidden:1");
        assertThat(diagnostics(image)).contains("Docker image 'forbidden:1' is not allowed");
        Map<String, String> privileged = new HashMap<>(inDocker(Path.of("/tmp")));
        privileged.put("YARN_CONTAINER_RUNTIME_DOCKER_RUN_PRIVILEGED_CONTAINER", "true");
        assertThat(diagnostics(privileged)).contains("RUN_PRIVILEGED_CONTAINER is 'true': expected no value");
        awaitNothingLeft();
    }

    private String diagnostics(Map<String, String> environment) throws Exception {
        ContainerLaunchContext launch = TestApplication.launch("true");
        launch.setEnvironment(environment);
        ContainerStatus status = runToItsEnd(launch);
        assertThat(status.getExitStatus()).isNotZero();
        return status.getDiagnostics();
    }

    @Override
    void configure(Configuration configuration) {
        useDocker(configuration);
    }

    @Override
    void started(Configuration nodeConfiguration) {
        owner = Objects.requireNonNull(nodeConfiguration.getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0]);
    }

    @Override
    Map<String, String> environment(Path folder) {
        return inDocker(folder);
    }

    @Override
    Pauser openObserver() {
        try {
            return new ContainerGroupPauser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void assertNothingFrozen() throws IOException {
        assertThat(engine.labelled("io.kairos.nodemanager").values()).doesNotContain(owner);
    }
}
