/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers paused through their engine. */
@DockerTest
class DockerRestartClusterTest extends NodeRestartContract {
    private final DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30));

    DockerRestartClusterTest() {
        super("docker");
    }

    /** A swap of two containers through the engine takes some 50 ms. */
    @Override
    int quantumMs() {
        return 1_000;
    }

    @AfterEach
    void remove() throws IOException {
        for (String name : containers()) {
            engine.remove(name);
        }
        engine.close();
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
        List<String> frozen = new ArrayList<>();
        for (String name : containers()) {
            ContainerStatus status = engine.inspect(name);
            if (status != null && status.paused()) {
                frozen.add(name);
            }
        }
        return frozen;
    }

    private List<String> containers() throws IOException {
        return engine.labelled(KairosDockerContainerExecutor.OWNER).entrySet().stream()
                .filter(container -> container.getValue().startsWith(folder().toString()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void tasksOutliveTheNodeManagerThatStartedThem() throws Exception {
        tasksOutliveTheirOwnNodeManagersStop();
    }
}
