/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mounted hierarchies that can freeze groups, as {@code /proc/self/mountinfo} tells them. */
final class FreezerMounts {
    static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");

    private FreezerMounts() {}

    record Mount(FreezerVersion version, Path root) {}

    static List<Mount> ofThisProcess() throws IOException {
        return parse(KernelFiles.SYSTEM.read(MOUNT_INFO));
    }

    /** The version 1 freezer first: where it is mounted, the unified hierarchy beside it is mostly not managed by anyone. */
    static List<Mount> parse(String mountinfo) {
        return CgroupMount.parse(mountinfo)
                .filter(hierarchy -> hierarchy.unified() || hierarchy.options().contains("freezer"))
                .map(hierarchy ->
                        new Mount(hierarchy.unified() ? FreezerVersion.V2 : FreezerVersion.V1, hierarchy.point()))
                .sorted(Comparator.comparing(Mount::version))
                .toList();
    }

    /** Where the version 1 hierarchy with this controller is mounted. */
    static Optional<Path> controller(String mountinfo, String name) {
        return CgroupMount.parse(mountinfo)
                .filter(hierarchy -> !hierarchy.unified() && hierarchy.options().contains(name))
                .map(CgroupMount::point)
                .findFirst();
    }

    /**
     * Where all hierarchies are mounted: an engine makes a container's group in each of them, also in the unified one beside
     * those of version 1.
     */
    static List<Path> roots(String mountinfo) {
        return CgroupMount.parse(mountinfo).map(CgroupMount::point).distinct().toList();
    }
}
