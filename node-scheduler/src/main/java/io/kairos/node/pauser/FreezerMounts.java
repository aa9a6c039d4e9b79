/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return hierarchies(mountinfo)
                .filter(hierarchy -> hierarchy.unified() || hierarchy.options().contains("freezer"))
                .map(hierarchy ->
                        new Mount(hierarchy.unified() ? FreezerVersion.V2 : FreezerVersion.V1, hierarchy.root()))
                .sorted(Comparator.comparing(Mount::version))
                .toList();
    }

    /** Where the version 1 hierarchy with this controller is mounted. */
    static Optional<Path> controller(String mountinfo, String name) {
        return hierarchies(mountinfo)
                .filter(hierarchy -> !hierarchy.unified() && hierarchy.options().contains(name))
                .map(Hierarchy::root)
                .findFirst();
    }

    /**
     * Where all hierarchies are mounted: an engine makes a container's group in each of them, also in the unified one beside
     * those of version 1.
     */
    static List<Path> roots(String mountinfo) {
        return hierarchies(mountinfo).map(Hierarchy::root).distinct().toList();
    }

    /** @param options with the names of the controllers */
    private record Hierarchy(boolean unified, Path root, List<String> options) {}

    private static Stream<Hierarchy> hierarchies(String mountinfo) {
        return mountinfo.lines().flatMap(FreezerMounts::parseLine);
    }

    /** A line: id parent major:minor root mountpoint options [tags] - type source superoptions. */
    private static Stream<Hierarchy> parseLine(String line) {
        int separator = line.indexOf(" - ");
        if (separator < 0) {
            return Stream.empty();
        }
        String[] mount = line.substring(0, separator).split(" ", -1);
        String[] source = line.substring(separator + 3).split(" ", -1);
        boolean unified = source[0].equals("cgroup2");
        if (mount.length < 5 || source.length < 3 || !(unified || source[0].equals("cgroup"))) {
            return Stream.empty();
        }
        return Stream.of(new Hierarchy(unified, Path.of(unescape(mount[4])), List.of(source[2].split(",", -1))));
    }

    /** Blanks, tabs, line ends and backslashes are written as a backslash and three octal digits. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                plain.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
