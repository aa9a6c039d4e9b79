/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileController;
import org.apache.hadoop.yarn.logaggregation.filecontroller.LogAggregationFileControllerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers in Docker write arrives where YARN keeps logs, and where it gathers them. */
@DockerTest
class DockerLogsClusterTest {
    private static final int PAUSES = 5;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TaskScripts scripts;

    @SuppressWarnings("NullAway.Init")
    private DecisionFile decisions;

    @SuppressWarnings("NullAway.Init")
    private MiniCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private TestApplication application;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Path decisionFolder = Files.createDirectory(folder.resolve("decisions"));
        decisions = new DecisionFile(decisionFolder);
        Configuration configuration = PausingContract.nodeConfiguration(
                "auto", "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime(), decisionFolder);
        DockerContract.useDocker(configuration);
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 1);
        configuration.setInt(NodeManagerKeys.QUEUE_BOUND.name(), 2);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), 100);
        configuration.setBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, true);
        configuration.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, "file:///");
        configuration.set(
                YarnConfiguration.NM_REMOTE_APP_LOG_DIR,
                folder.resolve("gathered").toUri().toString());
        // Kept after the gathering, for the test to look at both.
        configuration.setLong(YarnConfiguration.DEBUG_NM_DELETE_DELAY_SEC, 600);
        cluster = MiniCluster.start(getClass().getSimpleName(), configuration, 1);
        application = TestApplication.submit(cluster, "default");
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            if (application != null) {
                application.close();
            }
            DockerContract.awaitNothingLeft(cluster.nodeManager(0).getConfig());
            cluster.close();
        }
    }

    @Test
    void whatAContainerWritesIsInItsLogFolderAndIsGathered() throws Exception {
        ContainerLaunchContext launch =
                TestApplication.launch(scripts.script("talking", "echo to the one; echo to the other >&2")
                        + " 1><LOG_DIR>/stdout 2><LOG_DIR>/stderr");
        launch.setEnvironment(DockerContract.inDocker(scripts.folder()));
        Container container = start(launch);
        assertEndedWell(container);

        assertThat(log(container, "stdout")).containsExactly("to the one");
        assertThat(log(container, "stderr")).containsExactly("to the other");
        application.finish();
        TestApplication.await(() -> gathered(container).contains("End of LogType:stderr"));
        assertThat(gathered(container))
                .contains("LogType:stdout")
                .contains("to the one\n")
                .contains("to the other\n");
    }

    /** The image's own program gets its arguments and its variables, and no script of YARN's is in between. */
    @Test
    void anImageWithAnEntryPointOfItsOwnRunsItAndIsPausedAndItsOutputIsALog() throws Exception {
        String program =
                "echo $0 $@ >&2; n=0; while [ ! -e $COUNT_UNTIL ]; do echo $((n+=1)); sleep 0.01; done; echo end";
        try (OwnEntrypointImage image =
                new OwnEntrypointImage("[\"bash\", \"-c\", \"" + program + "\", \"program\"]")) {
            List<Container> tasks = new ArrayList<>();
            for (int task = 0; task < 2; task++) {
                ContainerLaunchContext launch = TestApplication.launch("first second 1><LOG_DIR>/ignored");
                Map<String, String> environment = new HashMap<>(DockerContract.inDocker(scripts.folder()));
                environment.put("YARN_CONTAINER_RUNTIME_DOCKER_IMAGE", image.name());
                environment.put("YARN_CONTAINER_RUNTIME_DOCKER_RUN_OVERRIDE_DISABLE", "true");
                environment.put("COUNT_UNTIL", scripts.folder().resolve("stop").toString());
                launch.setEnvironment(environment);
                tasks.add(start(launch));
            }
            TestApplication.await(() -> decisions.count("RESUME", tasks.get(0)) >= PAUSES
                    && decisions.count("RESUME", tasks.get(1)) >= PAUSES);

            scripts.stopCounting();
            for (Container task : tasks) {
                assertEndedWell(task);
                List<String> counted = log(task, "stdout.txt");
                List<String> expected = new ArrayList<>(IntStream.range(1, counted.size())
                        .mapToObj(Integer::toString)
                        .toList());
                expected.add("end");
                assertThat(counted).isEqualTo(expected).hasSizeGreaterThan(PAUSES);
                assertThat(log(task, "stderr.txt")).containsExactly("program first second");
            }
            application.finish();
            TestApplication.await(() -> gathered(tasks.get(1)).contains("End of LogType:stdout.txt"));
            assertThat(gathered(tasks.get(1)))
                    .contains("program first second\n")
                    .contains("\nend\n");
        }
    }

    private Container start(ContainerLaunchContext launch) throws Exception {
        int allocated = application.allocated().size();
        application.ask(1, 64);
        Container container = application.awaitAllocated(allocated + 1).get(allocated);
        application.start(container, launch);
        return container;
    }

    private void assertEndedWell(Container container) {
        ContainerStatus status = application.awaitCompleted(container.getId());
        assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
    }

    private List<String> log(Container container, String name) throws IOException {
        String logs = cluster.nodeManager(0).getConfig().getTrimmedStrings(YarnConfiguration.NM_LOG_DIRS)[0];
        return Files.readAllLines(
                Path.of(logs, application.id().toString(), container.getId().toString(), name));
    }

    /** What YARN has gathered of a container's logs so far, as {@code yarn logs} shows it. */
    private String gathered(Container container) throws IOException {
        ContainerLogsRequest request = new ContainerLogsRequest();
        request.setAppId(application.id());
        request.setAppOwner(UserGroupInformation.getCurrentUser().getShortUserName());
        request.setNodeId(container.getNodeId().toString());
        request.setContainerId(container.getId().toString());
        request.setLogTypes(Set.of());
        request.setBytes(Long.MAX_VALUE);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            LogAggregationFileController files = new LogAggregationFileControllerFactory(cluster.clientConfiguration())
                    .getFileControllerForRead(application.id(), request.getAppOwner());
            files.readAggregatedLogs(request, text);
        } catch (IOException notYet) {
            return "";
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
