/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryPolicy;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.apache.hadoop.yarn.api.records.URL;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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
    private TaskScripts scripts;

    @SuppressWarnings("NullAway.Init")
    private MiniCluster cluster;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can run tasks as others");
        folder = temporary;
        scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Files.setPosixFilePermissions(scripts.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Configuration configuration = PausingContract.nodeConfiguration(
                "auto",
                "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime(),
                Files.createDirectory(folder.resolve("decisions")));
        DockerContract.useDocker(configuration);
        configuration.set(DockerKeys.RUN_AS_USER.name(), "submitter");
        configuration.setInt(DockerKeys.MINIMUM_USER_ID.name(), 1);
        configuration.setBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, true);
        configuration.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, "file:///");
        configuration.set(
                YarnConfiguration.NM_REMOTE_APP_LOG_DIR,
                gatheredFolder().toUri().toString());
        cluster = MiniCluster.start(getClass().getSimpleName(), configuration, 1);
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            DockerContract.awaitNothingLeft(cluster.nodeManager(0).getConfig());
            cluster.close();
        }
    }

    @Test
    void aTaskReadsAndWritesAsItsSubmitterAndTheNodeManagerReadsAndDeletesWhatIsLeft() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "root alone may read this\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        ContainerLaunchContext launch = launch(scripts.script(
                "task",
                "set -e",
                "id -u; id -g",
                "cat of-user of-application",
                "[ -r container_tokens ]",
                "echo made > in-work; echo made > tmp/in-tmp",
                "echo made > ${LOCAL_DIRS%%,*}/in-application",
                "ln -s " + secret + " $LOGS/linked",
                "touch " + scripts.output("ready"),
                "while [ ! -e " + scripts.folder() + "/stop ]; do sleep 0.05; done"));
        launch.setLocalResources(Map.of(
                "of-user", resource("of-user", LocalResourceVisibility.PRIVATE),
                "of-application", resource("of-application", LocalResourceVisibility.APPLICATION)));
        try (TestApplication application = submit(USER)) {
            Container container = start(application, launch);
            Path work = localFolder()
                    .resolve("usercache/" + USER + "/appcache/" + application.id() + "/" + container.getId());
            Path logs = logFolder().resolve(application.id() + "/" + container.getId());
            TestApplication.await(() -> Files.exists(scripts.output("ready"))
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

            scripts.stopCounting();
            assertEndedWell(application, container);
            assertThat(logs.resolve("linked")).doesNotExist();
            application.finish();
            TestApplication.await(() -> Files.notExists(work.getParent()) && Files.notExists(logs.getParent()));
            assertThat(gathered()).contains("text of-application").doesNotContain("root alone may read this");
            assertThat(secret).exists();
        }
    }

    /** A user knows the names of its next containers, and may write where their folders will be. */
    @Test
    void aLinkInThePlaceOfAContainersFolderIsRefused() throws Exception {
        Path victim = Files.createDirectory(folder.resolve("victim"));
        try (TestApplication application = submit(USER)) {
            application.ask(2, 64);
            List<Container> containers = application.awaitAllocated(2);
            application.start(
                    containers.get(0),
                    launch(scripts.script(
                            "planting",
                            "ln -s " + victim + " ${LOCAL_DIRS%%,*}/"
                                    + containers.get(1).getId())));
            assertEndedWell(application, containers.get(0));
            application.start(containers.get(1), launch("true"));

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
        ContainerLaunchContext launch = launch(scripts.script(
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
        try (TestApplication application = submit(USER)) {
            assertEndedWell(application, start(application, launch));
            assertThat(victim).hasContent("untouched");
            assertThat(owner(victim)).isEqualTo("0");
        }
    }

    @Test
    void whoMustNotRunHereIsToldSoInTheDiagnostics() throws Exception {
        assertThat(diagnostics("root", launch("true"))).contains("user 'root' has the id 0: expected 1 or more");
        assertThat(diagnostics("no-such-user", launch("true")))
                .contains("user 'no-such-user' is not known on this host");
        assertThat(diagnostics(USER, TestApplication.launch("true")))
                .contains("expected YARN_CONTAINER_RUNTIME_TYPE=docker, as " + DockerKeys.RUN_AS_USER.name());
        assertThat(localFolder().resolve("usercache/no-such-user")).doesNotExist();
    }

    private String diagnostics(String user, ContainerLaunchContext launch) throws Exception {
        try (TestApplication application = submit(user)) {
            ContainerStatus status =
                    application.awaitCompleted(start(application, launch).getId());
            assertThat(status.getExitStatus()).isNotZero();
            return status.getDiagnostics();
        }
    }

    private TestApplication submit(String user) throws Exception {
        PrivilegedExceptionAction<TestApplication> submission = () -> TestApplication.submit(cluster, "default");
        return Objects.requireNonNull(
                UserGroupInformation.createRemoteUser(user).doAs(submission));
    }

    private static Container start(TestApplication application, ContainerLaunchContext launch) throws Exception {
        application.ask(1, 64);
        Container container = application.awaitAllocated(1).get(0);
        application.start(container, launch);
        return container;
    }

    private ContainerLaunchContext launch(String command) {
        ContainerLaunchContext launch =
                TestApplication.launch("LOGS=<LOG_DIR> " + command + " 1><LOG_DIR>/stdout 2><LOG_DIR>/stderr");
        launch.setEnvironment(DockerContract.inDocker(scripts.folder()));
        return launch;
    }

    private static void assertEndedWell(TestApplication application, Container container) {
        ContainerStatus status = application.awaitCompleted(container.getId());
        assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
    }

    private LocalResource resource(String name, LocalResourceVisibility visibility) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "text " + name + "\n");
        return LocalResource.newInstance(
                URL.fromPath(new org.apache.hadoop.fs.Path(file.toUri())),
                LocalResourceType.FILE,
                visibility,
                Files.size(file),
                Files.getLastModifiedTime(file).toMillis());
    }

    private Path localFolder() {
        return Path.of(cluster.nodeManager(0).getConfig().getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0]);
    }

    private Path logFolder() {
        return Path.of(cluster.nodeManager(0).getConfig().getTrimmedStrings(YarnConfiguration.NM_LOG_DIRS)[0]);
    }

    private Path gatheredFolder() {
        return folder.resolve("gathered");
    }

    /** All that YARN gathered. */
    private String gathered() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.walk(gatheredFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    private static String id(String option) throws IOException {
        return org.apache.hadoop.util.Shell.execCommand("id", option, USER).strip();
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).toString();
    }
}
