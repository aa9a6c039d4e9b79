/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.PrivateEngine;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container that YARN kills while its engine does not answer. YARN asks for that once and then waits for the end. */
@DockerTest
class DockerOutageKillClusterTest {
    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void itEndsWhenTheEngineAnswersAgain(@TempDir Path folder, @TempDir Path engineFolder) throws Exception {
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Configuration configuration = PausingContract.nodeConfiguration(
                "docker",
                "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime(),
                Files.createDirectory(folder.resolve("decisions")));
        DockerContract.useDocker(configuration);
        configuration.set(DockerKeys.CALL_LIMIT.name(), "500");
        configuration.set(DockerKeys.START_LIMIT.name(), "1000");
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                DockerEngine observer = engine.connect(Duration.ofSeconds(5))) {
            configuration.set(DockerKeys.HOST.name(), engine.host());
            try (MiniCluster cluster = MiniCluster.start(getClass().getSimpleName(), configuration, 1);
                    TestApplication application = TestApplication.submit(cluster, "default")) {
                application.ask(1, 64);
                Container container = application.awaitAllocated(1).get(0);
                ContainerLaunchContext launch = TestApplication.launch(scripts.counter("task"));
                launch.setEnvironment(DockerContract.inDocker(scripts.folder()));
                application.start(container, launch);
                TestApplication.await(() -> !scripts.outputLines("task").isEmpty());

                // Dead, and not only stopped: it must not find the request for a kill when it wakes up.
                engine.signal("KILL");
                application.stop(container);
                TestApplication.await(() -> application
                        .status(container)
                        .getDiagnostics()
                        .contains("Exception when trying to cleanup container"));
                engine.startAnew();
                assertThat(observer.inspect(container.getId().toString())).isNotNull();

                application.awaitCompleted(container.getId());
                TestApplication.await(() -> observer.inspect(container.getId().toString()) == null);
                assertThat(scripts.processes()).isEmpty();
            }
        }
    }
}
