/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** A cluster that fails as it is told to and starts nothing. */
    private static final class FakeYarn extends MiniYARNCluster {
        private final RuntimeException failure;
        private final boolean failsToStart;

        FakeYarn(RuntimeException failure, boolean failsToStart) {
            super("fake", 0, 1, 1);
            this.failure = failure;
            this.failsToStart = failsToStart;
        }

        @Override
        public void serviceInit(Configuration configuration) {
            if (failsToStart) {
                throw failure;
            }
        }

        @Override
        protected void serviceStart() {}

        @Override
        protected void serviceStop() {
            throw failure;
        }
    }

    @BeforeEach
    void keepFilesHere() {
        System.setProperty("test.build.data", folder.toString());
    }

    private LocalCluster cluster(boolean failsToStart) {
        MiniYARNCluster yarn = new FakeYarn(new IllegalStateException("no port"), failsToStart);
        return new LocalCluster(yarn, 0, new Configuration(false), folder, false);
    }

    @Test
    void aClusterThatFailsToStopLosesNoResultAndLeavesNoProcess() throws Exception {
        LocalCluster cluster = cluster(false);
        Process process = new ProcessBuilder("/bin/bash", "-c", "read never").start();

        cluster.close();

        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void aClusterThatFailsToStartSaysWhy() {
        try (LocalCluster cluster = cluster(true)) {
            assertThatIOException().isThrownBy(cluster::start).withMessage("the cluster did not start: no port");
        }
    }

    @Test
    void aClusterThatWasClosedDoesNotStart() {
        LocalCluster cluster = cluster(false);
        cluster.close();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(cluster::start);
    }
}
