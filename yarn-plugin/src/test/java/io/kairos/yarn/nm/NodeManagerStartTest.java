/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A NodeManager that is set up wrongly does not start, and says in one line what was expected. */
class NodeManagerStartTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void anExecutorThatCannotPauseIsRefused() {
        Configuration configuration = configuration();
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, DefaultContainerExecutor.class.getName());

        assertThat(refusal(configuration))
                .isEqualTo("yarn.nodemanager.container-executor.class is"
                        + " org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor: expected"
                        + " io.kairos.yarn.nm.KairosContainerExecutor, as yarn.nodemanager.containers-launcher.class is"
                        + " io.kairos.yarn.nm.KairosContainersLauncher");
    }

    @Test
    void aValueThatIsNoneIsRefused() {
        Configuration configuration = configuration();
        configuration.set(NodeManagerKeys.QUANTUM.name(), "abc");

        assertThat(refusal(configuration))
                .isEqualTo("yarn.nodemanager.kairos.quantum-ms is 'abc': expected milliseconds from 10 to 86400000");
    }

    @Test
    void aPauserThatIsNoneIsRefused() {
        Configuration configuration = configuration();
        configuration.set(NodeManagerKeys.PAUSER.name(), "magic");

        assertThat(refusal(configuration)).contains("yarn.nodemanager.kairos.pauser is 'magic': expected one of auto");
    }

    @Test
    void signalsCannotThrottle() {
        Configuration configuration = configuration();
        configuration.set(NodeManagerKeys.PAUSE_MODE.name(), "throttle");

        assertThat(refusal(configuration))
                .contains(
                        "yarn.nodemanager.kairos.pause-mode is 'throttle', yarn.nodemanager.kairos.pauser is 'signal':"
                                + " for plain processes the pauser 'signal' can stop a task, not slow it down; expected one of auto, cgroup");
    }

    @Test
    void valuesThatDoNotFitTogetherAreRefused() {
        Configuration configuration = configuration();
        configuration.set(NodeManagerKeys.KEEP_ALIVE_PULSE.name(), "60000");

        assertThat(refusal(configuration))
                .isEqualTo("yarn.nodemanager.kairos.keep-alive-pulse-ms is '60000': expected less than"
                        + " yarn.nodemanager.kairos.keep-alive-interval-ms, which is '30000'");
    }

    @Test
    void withoutADockerEngineTheDockerExecutorSaysWhereItLookedForOne() {
        Configuration configuration = configuration();
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosDockerContainerExecutor.class.getName());
        configuration.set(DockerKeys.HOST.name(), "unix://" + folder.resolve("nobody.sock"));

        assertThat(refusal(configuration))
                .startsWith("yarn.nodemanager.kairos.docker.host is 'unix://" + folder.resolve("nobody.sock")
                        + "': expected a Docker engine there, but ");
    }

    @Test
    void aQueueOfYarnsOwnIsRefused() {
        Configuration configuration = configuration();
        configuration.setInt(YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH, 10);

        assertThat(refusal(configuration))
                .isEqualTo("yarn.nodemanager.opportunistic-containers-max-queue-length is 10: expected 0 with"
                        + " io.kairos.yarn.nm.KairosContainersLauncher, for with a queue YARN holds guaranteed"
                        + " containers back itself");
    }

    private Configuration configuration() {
        YarnConfiguration configuration = new YarnConfiguration();
        configuration.set(
                YarnConfiguration.NM_LOCAL_DIRS, folder.resolve("local").toString());
        configuration.set(YarnConfiguration.NM_LOG_DIRS, folder.resolve("logs").toString());
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosContainerExecutor.class.getName());
        configuration.set("yarn.nodemanager.containers-launcher.class", KairosContainersLauncher.class.getName());
        configuration.set(NodeManagerKeys.PAUSER.name(), "signal");
        return configuration;
    }

    /** The message of the failure, which must be one line. */
    private static String refusal(Configuration configuration) {
        DefaultMetricsSystem.setMiniClusterMode(true);
        try (NodeManager node = new NodeManager()) {
            Throwable failure = catchThrowable(() -> node.init(configuration));
            assertThat(failure).isInstanceOf(RuntimeException.class);
            String message = Objects.requireNonNull(failure.getMessage());
            assertThat(message).doesNotContain("\n");
            return message;
        } catch (IOException e) {
            throw new AssertionError("a NodeManager that was refused could not be closed", e);
        }
    }
}
