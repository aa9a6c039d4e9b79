/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mounted cgroup hierarchy, as a mountinfo file tells it.
 *
 * @param unified whether it is version 2
 * @param top the group that is seen at the mount point; not the topmost one where only a part is mounted
 * @param point where it is mounted
 * @param options with the names of the controllers of a version 1 hierarchy
 */
public record CgroupMount(boolean unified, String top, Path point, List<String> options) {
    /** All in the text of a mountinfo file, in its order. */
    public static Stream<CgroupMount> parse(String mountinfo) {
        return mountinfo.lines().flatMap(CgroupMount::parseLine);
    }

    /** A line: id parent major:minor root mountpoint options [tags] - type source superoptions. */
    private static Stream<CgroupMount> parseLine(String line) {
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
        return Stream.of(new CgroupMount(
                unified, unescape(mount[3]), Path.of(unescape(mount[4])), List.of(source[2].split(",", -1))));
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
