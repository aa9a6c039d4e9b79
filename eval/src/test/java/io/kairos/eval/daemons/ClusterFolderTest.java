/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
    private final ClusterFolder folder = new ClusterFolder(Path.of("/srv/cluster-out"));

    @Test
    void aContainerWorksInItsNodesFolderAndAnAdminReadsLogsBesideIt() {
        assertThat(folder.containers("nodemanager2")).hasToString("/srv/cluster-out/data/nodemanager2/local");
        assertThat(folder.isOfContainers(Path.of("/srv/cluster-out/data/nodemanager2/local/usercache/a/c1")))
                .isTrue();
        assertThat(folder.isOfContainers(Path.of("/srv/cluster-out/data/nodemanager2/userlogs/app")))
                .isFalse();
        assertThat(folder.isOfContainers(Path.of("/srv/cluster-out/data/nodemanager2")))
                .isFalse();
        assertThat(folder.isOfContainers(Path.of("/srv/other/data/nodemanager2/local/c1")))
                .isFalse();
    }

    @Test
    void foldersThatNoClusterMadeAreNeverDeleted(@TempDir Path strangers) throws IOException {
        Path precious = Files.createDirectory(strangers.resolve("conf")).resolve("precious");
        Files.writeString(precious, "mine");
        assertThatThrownBy(() -> new ClusterFolder(strangers).claim())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        strangers.resolve("conf") + ": is not of a cluster that was started here; expected")
                .hasMessageNotContaining("\n");
        assertThat(precious).hasContent("mine");
        assertThat(strangers).isDirectoryNotContaining(file -> !file.equals(precious.getParent()));
    }

    @Test
    void whatAnEarlierClusterLeftIsDeletedAndNothingBesideIt(@TempDir Path own) throws IOException {
        Files.writeString(own.resolve("notes"), "mine");
        ClusterFolder there = new ClusterFolder(own);
        there.claim();
        Files.createDirectories(there.logs().resolve("decisions"));
        Files.createDirectory(there.configuration());
        there.claim();
        there.clear();
        assertThat(there.logs()).doesNotExist();
        assertThat(there.configuration()).doesNotExist();
        assertThat(own.resolve("notes")).hasContent("mine");
    }
}
