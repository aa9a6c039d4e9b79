/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CgroupDetectionTest {
    private final Path root;

    CgroupDetectionTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void readsTheMountsAndPrefersTheVersion1Freezer() {
        String mountinfo =
                """
                31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
                41 31 0:38 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw
                35 31 0:32 / /sys/fs/cgroup/memory rw shared:4 master:2 - cgroup cgroup rw,memory
                37 31 0:34 / /mnt/a\\040b/freezer rw - cgroup cgroup rw,cpu,freezer
                nonsense
                1 2 -
                """;
        assertThat(FreezerMounts.parse(mountinfo))
                .containsExactly(
                        new FreezerMounts.Mount(FreezerVersion.V1, Path.of("/mnt/a b/freezer")),
                        new FreezerMounts.Mount(FreezerVersion.V2, Path.of("/sys/fs/cgroup/unified")));
    }

    @Test
    void saysThatNoFreezerIsMounted() {
        assertThatThrownBy(() -> CgroupDetection.detect(List.of(), "kairos", Deadline.Pace.SYSTEM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no cgroup freezer is mounted");
    }

    @Test
    void aFolderThatFreezesNothingIsRefusedAndLeftClean() {
        List<FreezerMounts.Mount> mounts = List.of(
                new FreezerMounts.Mount(FreezerVersion.V1, root), new FreezerMounts.Mount(FreezerVersion.V2, root));
        assertThatThrownBy(() -> CgroupDetection.detect(mounts, "kairos/node-1", Deadline.Pace.SYSTEM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("freezer.state")
                .hasMessageContaining("cgroup.freeze");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aRootThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "no folder");
        List<FreezerMounts.Mount> mounts = List.of(new FreezerMounts.Mount(FreezerVersion.V2, file));
        assertThatThrownBy(() -> CgroupDetection.detect(mounts, "kairos", Deadline.Pace.SYSTEM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create the cgroup " + file);
    }
}
