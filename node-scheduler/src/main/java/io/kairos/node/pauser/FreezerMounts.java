/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
        return mountinfo
                .lines()
                .flatMap(FreezerMounts::parseLine)
                .sorted(Comparator.comparing(Mount::version))
                .toList();
    }

    /** A line: id parent major:minor root mountpoint options [tags] - type source superoptions. */
    private static Stream<Mount> parseLine(String line) {
        int separator = line.indexOf(" - ");
        if (separator < 0) {
            return Stream.empty();
        }
        String[] mount = line.substring(0, separator).split(" ", -1);
        String[] source = line.substring(separator + 3).split(" ", -1);
        if (mount.length < 5 || source.length < 3) {
            return Stream.empty();
        }
        Path root = Path.of(unescape(mount[4]));
        if (source[0].equals("cgroup2")) {
            return Stream.of(new Mount(FreezerVersion.V2, root));
        }
        boolean freezer = Arrays.asList(source[2].split(",", -1)).contains("freezer");
        return source[0].equals("cgroup") && freezer ? Stream.of(new Mount(FreezerVersion.V1, root)) : Stream.empty();
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
