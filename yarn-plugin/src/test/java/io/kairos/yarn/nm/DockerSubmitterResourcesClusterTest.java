/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.apache.hadoop.yarn.api.records.LocalResourceVisibility.APPLICATION;
import static org.apache.hadoop.yarn.api.records.LocalResourceVisibility.PRIVATE;
import static org.apache.hadoop.yarn.api.records.LocalResourceVisibility.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.util.Shell;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resources on the NodeManager's own disks where containers run as their submitters, here daemon, whom every Linux has: the
 * NodeManager is root, and must not read for a user what the user may not. It takes root.
 */
@DockerTest
class DockerSubmitterResourcesClusterTest {
    private static final String USER = "daemon";
    private static final String SECRET = "for root's eyes";
    private static final String SHARED = "for all eyes";

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SubmitterCluster cluster;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        // A thread of YARN's that is interrupted after a failure dies of it, which is no matter here.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        folder = temporary;
        cluster = new SubmitterCluster(getClass().getSimpleName(), folder);
    }

    @AfterEach
    void stop() {
        Awaitility.reset();
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void whatTheSubmitterMayNotReadDoesNotReachItsTask() throws Exception {
        Path file = SubmitterCluster.setMode(write("file", SECRET), "rw-------");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path inClosed = write("closed/readable", SECRET);
        SubmitterCluster.setMode(closed, "rwx------");
        Path open = Files.createDirectory(folder.resolve("open"));
        SubmitterCluster.setMode(write("open/file", SECRET), "rw-------");
        Path toFile = Files.createSymbolicLink(folder.resolve("to-file"), file);
        Path toReadable = Files.createSymbolicLink(folder.resolve("to-readable"), inClosed);
        Path ofLinks = Files.createDirectory(folder.resolve("of-links"));
        Files.createSymbolicLink(ofLinks.resolve("link"), inClosed);

        for (LocalResourceVisibility visibility : List.of(PRIVATE, APPLICATION)) {
            for (Path secret : List.of(file, closed, inClosed, open, toFile, toReadable, ofLinks)) {
                assertRefused(secret, visibility, "user 'daemon'");
            }
        }
        for (Path secret : List.of(inClosed, toReadable)) {
            assertRefused(secret, PUBLIC, "everybody");
        }
        for (Path secret : List.of(file, closed, open, toFile)) {
            assertThat(read(secret, PUBLIC)).doesNotContain(SECRET).contains("is not publicly accessible");
        }
        assertThat(read(ofLinks, PUBLIC)).doesNotContain(SECRET).contains("of-links");
    }

    @Test
    void whatTheSubmitterMayReadReachesIt() throws Exception {
        Path file = write("file", SHARED);
        Path tree = Files.createDirectories(folder.resolve("tree/inner")).getParent();
        write("tree/inner/file", SHARED);
        Path own = SubmitterCluster.setMode(write("own", SHARED), "rw-------");
        Shell.execCommand("chown", USER, own.toString());
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        for (LocalResourceVisibility visibility : List.of(PRIVATE, APPLICATION, PUBLIC)) {
            for (Path shared : List.of(file, tree, link)) {
                assertThat(read(shared, visibility))
                        .as(shared + " " + visibility)
                        .contains(SHARED);
            }
        }
        assertThat(read(own, PRIVATE)).contains(SHARED);
    }

    private void assertRefused(Path secret, LocalResourceVisibility visibility, String whom) throws Exception {
        assertThat(read(secret, visibility))
                .as(secret + " " + visibility)
                .doesNotContain(SECRET)
                .contains(" is not there, or not readable for " + whom + ": expected a resource that is,");
    }

    /** What the task finds in the resource; or the diagnostics if it did not start. */
    private String read(Path resource, LocalResourceVisibility visibility) throws Exception {
        ContainerLaunchContext launch = cluster.launch("grep -R . resource");
        launch.setLocalResources(Map.of("resource", SubmitterCluster.resource(resource, visibility)));
        try (TestApplication application = cluster.submit(USER)) {
            Container container = SubmitterCluster.start(application, launch);
            ContainerStatus status = application.awaitCompleted(container.getId());
            Path output = cluster.logFolder().resolve(application.id() + "/" + container.getId() + "/stdout");
            return status.getDiagnostics() + (Files.exists(output) ? Files.readString(output) : "");
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n");
    }
}
