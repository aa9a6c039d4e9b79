/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import io.kairos.node.pauser.CgroupMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A mounted hierarchy of groups that count CPU time.
 *
 * @param root the group that is seen at the mount point; not the topmost one where only a part is mounted
 * @param mountPoint where it is mounted
 */
record CpuHierarchy(Version version, String root, Path mountPoint) {

    /** How a group tells its CPU time; in both it includes that of all groups below. */
    enum Version {
        V1("cpuacct.usage"),
        V2("cpu.stat");

        private static final String MICROSECONDS = "usage_usec ";
        private final String file;

        Version(String file) {
            this.file = file;
        }

        /** Nanoseconds; {@code group} is the group's folder. */
        long read(Path group) throws IOException {
            Path counter = group.resolve(file);
            String text = Texts.read(counter);
            try {
                return this == V1 ? notNegative(text.strip()) : Math.multiplyExact(1000L, microseconds(text));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IOException(
                        counter + " reads '" + text.strip() + "': expected a CPU time ("
                                + (this == V1 ? "nanoseconds" : MICROSECONDS.strip()) + ")",
                        e);
            }
        }

        private static long microseconds(String text) {
            return notNegative(text.lines()
                    .filter(line -> line.startsWith(MICROSECONDS))
                    .findFirst()
                    .map(line -> line.substring(MICROSECONDS.length()).strip())
                    .orElse(""));
        }

        private static long notNegative(String text) {
            long value = Long.parseLong(text);
            if (value < 0) {
                throw new IllegalArgumentException(text);
            }
            return value;
        }
    }

    /** Those that a mountinfo file lists, version 1 first: where it counts, the unified hierarchy beside it is mostly unused. */
    static List<CpuHierarchy> parse(String mountinfo) {
        return CgroupMount.parse(mountinfo)
                .filter(mount -> mount.unified() || mount.options().contains("cpuacct"))
                .map(mount -> new CpuHierarchy(mount.unified() ? Version.V2 : Version.V1, mount.top(), mount.point()))
                .sorted(Comparator.comparing(CpuHierarchy::version))
                .toList();
    }

    /** The path of a process's group below the mount point, from the text of its cgroup file; empty if it is not mounted. */
    Optional<Path> groupOf(String cgroupText) {
        for (String line : cgroupText.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && isThis(parts[0], parts[1])) {
                return belowRoot(Path.of(parts[2]));
            }
        }
        return Optional.empty();
    }

    private boolean isThis(String number, String controllers) {
        return version == Version.V2
                ? number.equals("0") && controllers.isEmpty()
                : Arrays.asList(controllers.split(",", -1)).contains("cpuacct");
    }

    private Optional<Path> belowRoot(Path group) {
        Path top = Path.of(root);
        // A group outside of this process's cgroup namespace shows as a path with dots.
        return group.startsWith(top) && group.equals(group.normalize())
                ? Optional.of(top.relativize(group))
                : Optional.empty();
    }
}
