/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
