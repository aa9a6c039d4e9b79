/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.ContainerParents;
import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers that crawl in groups of our own while their NodeManager dies. */
@DockerTest
class DockerThrottleRestartClusterTest extends NodeRestartContract {
    private final DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30));

    DockerThrottleRestartClusterTest() {
        super("cgroup", PauseMode.THROTTLE);
    }

    @AfterEach
    void remove() throws IOException {
        for (Map.Entry<String, String> container :
                engine.labelled(KairosDockerContainerExecutor.OWNER).entrySet()) {
            if (container.getValue().startsWith(folder().toString())) {
                engine.remove(container.getKey());
            }
        }
        ContainerParents parents = parents();
        parents.sweep();
        parents.pauser(new ContainerGroupPauser()).close();
        engine.close();
    }

    private ContainerParents parents() throws IOException {
        return new ContainerParents(parent(), engine.info(), PauseMode.THROTTLE, false);
    }

    @Override
    void configure(Configuration configuration) {
        DockerContract.useDocker(configuration);
    }

    @Override
    Map<String, String> environment(Path scriptFolder) {
        return DockerContract.inDocker(scriptFolder);
    }

    @Override
    List<String> frozen() throws IOException {
        Pauser observer = parents().pauser(new ContainerGroupPauser());
        return observer.frozenTasks();
    }

    @Test
    void aSwitchOfModeOrPauserOverARestartLeavesNothingThrottledOrFrozen() throws Exception {
        switchOverRestarts(
                List.of(
                        Map.of(NodeManagerKeys.PAUSER.name(), "docker"),
                        Map.of(NodeManagerKeys.PAUSE_MODE.name(), "freeze"),
                        Map.of(NodeManagerKeys.PAUSER.name(), "auto", NodeManagerKeys.PAUSE_MODE.name(), "throttle")),
                change -> {});
    }
}
