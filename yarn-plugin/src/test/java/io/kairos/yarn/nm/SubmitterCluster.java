/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivilegedExceptionAction;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.apache.hadoop.yarn.api.records.URL;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Assumptions;

/** A real NodeManager that is root and runs containers in Docker as those who submit them. */
final class SubmitterCluster implements AutoCloseable {
    final TaskScripts scripts;
    private final Path folder;
    private final MiniCluster cluster;

    /** @param folder an empty one; the host's users may look into it from now on */
    SubmitterCluster(String name, Path folder) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can run tasks as others");
        this.folder = folder;
        setMode(folder, "rwxr-xr-x");
        scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        setMode(scripts.folder(), "rwxrwxrwx");
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
        cluster = MiniCluster.start(name, configuration, 1);
    }

    static Path setMode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    TestApplication submit(String user) throws Exception {
        PrivilegedExceptionAction<TestApplication> submission = () -> TestApplication.submit(cluster, "default");
        return Objects.requireNonNull(
                UserGroupInformation.createRemoteUser(user).doAs(submission));
    }

    static Container start(TestApplication application, ContainerLaunchContext launch) throws Exception {
        application.ask(1, 64);
        Container container = application.awaitAllocated(1).get(0);
        application.start(container, launch);
        return container;
    }

    ContainerLaunchContext launch(String command) {
        ContainerLaunchContext launch =
                TestApplication.launch("LOGS=<LOG_DIR> " + command + " 1><LOG_DIR>/stdout 2><LOG_DIR>/stderr");
        launch.setEnvironment(DockerContract.inDocker(scripts.folder()));
        return launch;
    }

    /** A resource on this host's own file system. */
    static LocalResource resource(Path file, LocalResourceVisibility visibility) throws IOException {
        return LocalResource.newInstance(
                URL.fromPath(new org.apache.hadoop.fs.Path("file", null, file.toString())),
                LocalResourceType.FILE,
                visibility,
                Files.size(file),
                Files.getLastModifiedTime(file).toMillis());
    }

    Path localFolder() {
        return Path.of(cluster.nodeManager(0).getConfig().getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0]);
    }

    Path logFolder() {
        return Path.of(cluster.nodeManager(0).getConfig().getTrimmedStrings(YarnConfiguration.NM_LOG_DIRS)[0]);
    }

    private Path gatheredFolder() {
        return folder.resolve("gathered");
    }

    /** All that YARN gathered. */
    String gathered() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.walk(gatheredFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        DockerContract.awaitNothingLeft(cluster.nodeManager(0).getConfig());
        cluster.close();
    }
}
