/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.LeftOut;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.datatransfer.IOStreamPair;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerExecContext;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * YARN's own LinuxContainerExecutor and its Docker runtime, with pauses. Real are the ResourceManager, the NodeManager, the
 * executor, the runtime, the docker client, the engine and the containers, which run as the user nobody. A stand-in is the setuid
 * program {@code container-executor}, a script of the same command line. It must be started as root, from a folder that others may
 * enter; elsewhere these tests are left out.
 */
@DockerTest
@ExtendWith(LinuxExecutorContract.OpenFolder.class)
abstract class LinuxExecutorContract extends PausingContract {
    LinuxExecutorContract(String pauserName) {
        super(pauserName);
    }

    @AfterAll
    void nothingIsLeft() {
        Awaitility.await().atMost(goneWithin()).untilAsserted(this::assertNothingFrozen);
    }

    @Test
    void aPlainProcessOfAnotherUserRunsUndisturbedAmongContainersThatArePaused() throws Exception {
        Container counter = start(scripts().counter("counter"));
        Container other = start(scripts().counter("other"));
        ContainerLaunchContext launch = TestApplication.launch(
                scripts().counter("plain") + "; id -un > " + scripts().output("user"));
        launch.setEnvironment(Map.of("YARN_CONTAINER_RUNTIME_TYPE", "default"));
        Container plain = startAsItIs(launch);
        TestApplication.await(() -> log().count("RESUME", counter) >= 5
                && log().count("RESUME", other) >= 5
                && scripts().outputLines("plain").size() > 50);

        scripts().stopCounting();
        for (Container task : List.of(plain, counter, other)) {
            ContainerStatus status = application().awaitCompleted(task.getId());
            assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
        }
        scripts().assertCountedExactly("plain");
        assertThat(scripts().outputLines("user")).containsExactly("nobody");
        assertThat(log().count("PAUSE", plain)).isZero();
    }

    /** The shell would freeze half inside the container and hold the engine's locks. */
    @Test
    void whileAShellIsOpenInAContainerItIsNotPaused() throws Exception {
        Container counter = start(scripts().counter("counter"));
        start(scripts().counter("other"));
        start(scripts().counter("another"));
        TestApplication.await(() -> log().count("RESUME", counter) >= 3);
        KairosLinuxContainerExecutor executor = (KairosLinuxContainerExecutor) node().getContainerExecutor();
        String task = counter.getId().toString();
        long pid = Long.parseLong(executor.getProcessId(counter.getId()));

        IOStreamPair shell = executor.execContainer(new ContainerExecContext.Builder()
                .setUser("nobody")
                .setAppId(application().id().toString())
                .setContainer(Objects.requireNonNull(node().getContainers().get(counter.getId())))
                .setShell("bash")
                .build());
        shell.out.write("echo shell-$((40 + 2))\n".getBytes(StandardCharsets.UTF_8));
        shell.out.flush();
        StringBuilder said = new StringBuilder();
        while (said.indexOf("shell-42") < 0) {
            int read = shell.in.read();
            assertThat(read).as(said.toString()).isNotNegative();
            said.append((char) read);
        }
        int seen = scripts().outputLines("counter").size();
        TestApplication.await(() -> {
            assertThat(executor.pauser().isPaused(task, pid)).isFalse();
            return scripts().outputLines("counter").size() > seen + 50;
        });

        long resumes = log().count("RESUME", counter);
        shell.out.close();
        while (shell.in.read() >= 0) {
            // The shell ends with its input.
        }
        TestApplication.await(() -> log().count("RESUME", counter) > resumes + 3);
    }

    /**
     * For each container that ends the program is started several times, and so is the docker client: a dozen of them take twenty
     * seconds of two processors that have other work too. That nothing is left is what counts.
     */
    @Override
    Duration goneWithin() {
        return Duration.ofSeconds(90);
    }

    @Override
    void configure(Configuration configuration) {
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosLinuxContainerExecutor.class.getName());
        configuration.set(
                YarnConfiguration.NM_LINUX_CONTAINER_EXECUTOR_PATH, standIn().toString());
        configuration.set(YarnConfiguration.LINUX_CONTAINER_RUNTIME_ALLOWED_RUNTIMES, "docker,default");
        configuration.set(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "docker");
        configuration.set(YarnConfiguration.NM_DOCKER_IMAGE_NAME, Lab.IMAGE);
        configuration.set(
                YarnConfiguration.NM_DOCKER_DEFAULT_RO_MOUNTS,
                Lab.hostPrograms().stream()
                        .map(mount -> mount.source() + ":" + mount.target())
                        .collect(Collectors.joining(",")));
        String temporary = System.getProperty("java.io.tmpdir");
        configuration.set(YarnConfiguration.NM_DOCKER_DEFAULT_RW_MOUNTS, temporary + ":" + temporary);
    }

    /** Always the same file: YARN asks for its path once a process. */
    private static Path standIn() {
        try {
            Path script = Path.of(Objects.requireNonNull(LinuxExecutorContract.class.getResource("/container-executor"))
                    .toURI());
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            return script;
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("the stand-in for container-executor cannot be made executable", e);
        }
    }

    @Override
    Map<String, String> environment(Path folder) {
        return Map.of();
    }

    @Override
    void openFolder(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Override
    Pauser openObserver() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "the stand-in for container-executor takes root");
        try {
            return new ContainerGroupPauser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A container is either gone or still to be seen here, frozen or not. */
    @Override
    void assertNothingFrozen() throws IOException {
        String prefix = "container_" + ResourceManager.getClusterTimeStamp() + "_";
        Process list = new ProcessBuilder("docker", "ps", "-a", "--format", "{{.Names}}")
                .redirectErrorStream(true)
                .start();
        List<String> names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(names).noneMatch(name -> name.startsWith(prefix));
    }

    /** The nodes' folders are below that of the module, and the tasks' user must get there. */
    static final class OpenFolder implements ExecutionCondition {
        private static final String CLOSED = findClosed(Path.of("").toAbsolutePath());

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return CLOSED.isEmpty()
                    ? ConditionEvaluationResult.enabled("others may enter the folder of the tests")
                    : ConditionEvaluationResult.disabled(CLOSED);
        }

        private static String findClosed(Path module) {
            try {
                for (Path folder = module; folder != null; folder = folder.getParent()) {
                    if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                        return LeftOut.say("tests with LinuxContainerExecutor are left out: " + folder
                                + " is closed to the user nobody, as whom their tasks run");
                    }
                }
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
