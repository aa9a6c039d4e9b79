/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryPolicy;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers in Docker that run as the user who submitted them, here daemon, whom every Linux has. It takes root. */
@DockerTest
class DockerSubmitterClusterTest {
    private static final String USER = "daemon";

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SubmitterCluster cluster;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        cluster = new SubmitterCluster(getClass().getSimpleName(), folder);
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aTaskReadsAndWritesAsItsSubmitterAndTheNodeManagerReadsAndDeletesWhatIsLeft() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "root alone may read this\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        ContainerLaunchContext launch = cluster.launch(cluster.scripts.script(
                "task",
                "set -e",
                "id -u; id -g",
                "cat of-user of-application",
                "[ -r container_tokens ]",
                "echo made > in-work; echo made > tmp/in-tmp",
                "echo made > ${LOCAL_DIRS%%,*}/in-application",
                "ln -s " + secret + " $LOGS/linked",
                "touch " + cluster.scripts.output("ready"),
                "while [ ! -e " + cluster.scripts.folder() + "/stop ]; do sleep 0.05; done"));
        launch.setLocalResources(Map.of(
                "of-user", resource("of-user", LocalResourceVisibility.PRIVATE),
                "of-application", resource("of-application", LocalResourceVisibility.APPLICATION)));
        try (TestApplication application = cluster.submit(USER)) {
            Container container = SubmitterCluster.start(application, launch);
            Path work = cluster.localFolder()
                    .resolve("usercache/" + USER + "/appcache/" + application.id() + "/" + container.getId());
            Path logs = cluster.logFolder().resolve(application.id() + "/" + container.getId());
            TestApplication.await(() -> Files.exists(cluster.scripts.output("ready"))
                    || !application.status(container).getDiagnostics().isEmpty());
            assertThat(application.status(container).getDiagnostics()).isEmpty();

            assertThat(Files.readAllLines(logs.resolve("stdout")))
                    .containsExactly(id("-u"), id("-g"), "text of-user", "text of-application");
            for (Path file : List.of(
                    work.resolve("in-work"),
                    work.resolve("tmp/in-tmp"),
                    work.resolve("container_tokens"),
                    work.resolveSibling("in-application"),
                    logs.resolve("stdout"))) {
                assertThat(owner(file)).as(file.toString()).isEqualTo(id("-u"));
            }
            assertThat(owner(work)).isEqualTo("0");

            cluster.scripts.stopCounting();
            assertEndedWell(application, container);
            assertThat(logs.resolve("linked")).doesNotExist();
            application.finish();
            TestApplication.await(() -> Files.notExists(work.getParent()) && Files.notExists(logs.getParent()));
            assertThat(cluster.gathered()).contains("text of-application").doesNotContain("root alone may read this");
            assertThat(secret).exists();
        }
    }

    /** A user knows the names of its next containers, and may write where their folders will be. */
    @Test
    void aLinkInThePlaceOfAContainersFolderIsRefused() throws Exception {
        Path victim = Files.createDirectory(folder.resolve("victim"));
        try (TestApplication application = cluster.submit(USER)) {
            application.ask(2, 64);
            List<Container> containers = application.awaitAllocated(2);
            application.start(
                    containers.get(0),
                    cluster.launch(cluster.scripts.script(
                            "planting",
                            "ln -s " + victim + " ${LOCAL_DIRS%%,*}/"
                                    + containers.get(1).getId())));
            assertEndedWell(application, containers.get(0));
            application.start(containers.get(1), cluster.launch("true"));

            ContainerStatus status =
                    application.awaitCompleted(containers.get(1).getId());
            assertThat(status.getDiagnostics())
                    .contains(containers.get(1).getId() + " is there already: expected nothing, or a folder of root's");
            assertThat(victim).isEmptyDirectory();
        }
        assertThat(victim).exists();
    }

    /** What the user left in its folder must not lead the NodeManager astray when YARN starts the task anew. */
    @Test
    void aTaskThatIsStartedAnewFindsItsFolderAndCannotMisuseIt() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        ContainerLaunchContext launch = cluster.launch(cluster.scripts.script(
                "failing",
                "if [ -e second ]; then rm -f tmp; exit 0; fi",
                "touch second",
                "rm -rf launch_container.sh container_tokens tmp",
                "for name in launch_container.sh container_tokens .container_tokens.crc tmp; do",
                "  ln -sf " + victim + " $name",
                "done",
                "exit 7"));
        launch.setContainerRetryContext(
                ContainerRetryContext.newInstance(ContainerRetryPolicy.RETRY_ON_ALL_ERRORS, null, 3, 50));
        try (TestApplication application = cluster.submit(USER)) {
            assertEndedWell(application, SubmitterCluster.start(application, launch));
            assertThat(victim).hasContent("untouched");
            assertThat(owner(victim)).isEqualTo("0");
        }
    }

    @Test
    void whoMustNotRunHereIsToldSoInTheDiagnostics() throws Exception {
        assertThat(diagnostics("root", cluster.launch("true")))
                .contains("user 'root' has the id 0: expected 1 or more");
        assertThat(diagnostics("no-such-user", cluster.launch("true")))
                .contains("user 'no-such-user' is not known on this host");
        assertThat(diagnostics(USER, TestApplication.launch("true")))
                .contains("expected YARN_CONTAINER_RUNTIME_TYPE=docker, as " + DockerKeys.RUN_AS_USER.name());
        assertThat(cluster.localFolder().resolve("usercache/no-such-user")).doesNotExist();
    }

    private String diagnostics(String user, ContainerLaunchContext launch) throws Exception {
        try (TestApplication application = cluster.submit(user)) {
            ContainerStatus status = application.awaitCompleted(
                    SubmitterCluster.start(application, launch).getId());
            assertThat(status.getExitStatus()).isNotZero();
            return status.getDiagnostics();
        }
    }

    private static void assertEndedWell(TestApplication application, Container container) {
        ContainerStatus status = application.awaitCompleted(container.getId());
        assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
    }

    private LocalResource resource(String name, LocalResourceVisibility visibility) throws IOException {
        return SubmitterCluster.resource(Files.writeString(folder.resolve(name), "text " + name + "\n"), visibility);
    }

    private static String id(String option) throws IOException {
        return org.apache.hadoop.util.Shell.execCommand("id", option, USER).strip();
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).toString();
    }
}
