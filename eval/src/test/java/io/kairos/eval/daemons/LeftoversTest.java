/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final Map<String, String> BY_YARN = Map.of("CONTAINER_ID", "container_1_0001_01_000002");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private ClusterFolder folder;

    @SuppressWarnings("NullAway.Init")
    private Process container;

    @SuppressWarnings("NullAway.Init")
    private Process visitor;

    @SuppressWarnings("NullAway.Init")
    private Process stranger;

    @BeforeEach
    void start() throws IOException {
        folder = new ClusterFolder(root);
        Path there = Files.createDirectories(folder.containers("nodemanager1").resolve("c1"));
        container = sleep(there, BY_YARN);
        visitor = sleep(there, Map.of());
        stranger = sleep(root, BY_YARN);
    }

    @AfterEach
    void end() {
        container.destroyForcibly();
        visitor.destroyForcibly();
        stranger.destroyForcibly();
    }

    @Test
    void onlyWhatYarnStartedInTheNodesFoldersIsEnded() throws Exception {
        Leftovers.endProcesses(folder);

        assertThat(container.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(visitor.isAlive()).as("somebody who looks around there").isTrue();
        assertThat(stranger.isAlive()).as("a container of another cluster").isTrue();
    }

    private static Process sleep(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "600").directory(folder.toFile());
        builder.environment().remove("CONTAINER_ID");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
