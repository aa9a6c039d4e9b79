/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.DockerEngine;
import java.io.IOException;
import java.nio.file.Path;

/** How the two cgroup versions are told to limit a group's processor time. Times are in microseconds. */
enum CpuQuota {
    /** The cpu controller. A group may not have less than a group below it, unless that has no limit of its own. */
    V1("cpu.cfs_quota_us") {
        @Override
        void limit(KernelFiles files, Path group) throws IOException {
            files.write(group.resolve(PERIOD_FILE), Integer.toString(PERIOD));
            files.write(file(group), Integer.toString(QUOTA));
        }

        @Override
        String usual(int cores) {
            return cores == 0 ? "-1" : Long.toString((long) cores * PERIOD);
        }

        @Override
        boolean isLimited(KernelFiles files, Path group) throws IOException {
            return files.read(file(group)).strip().equals(Integer.toString(QUOTA));
        }
    },
    /** The unified hierarchy, where the controller is enabled for the group. */
    V2("cpu.max") {
        @Override
        void limit(KernelFiles files, Path group) throws IOException {
            files.write(file(group), QUOTA + " " + PERIOD);
        }

        @Override
        String usual(int cores) {
            return (cores == 0 ? "max" : Long.toString((long) cores * PERIOD)) + " " + PERIOD;
        }

        @Override
        boolean isLimited(KernelFiles files, Path group) throws IOException {
            return files.read(file(group)).strip().equals(QUOTA + " " + PERIOD);
        }
    };

    /** The same as the engine sets, so that what it slows down is recognised. */
    static final int QUOTA = Math.toIntExact(DockerEngine.SLOW_QUOTA);

    static final int PERIOD = Math.toIntExact(DockerEngine.CPU_PERIOD);

    private static final String PERIOD_FILE = "cpu.cfs_period_us";

    private final String file;

    CpuQuota(String file) {
        this.file = file;
    }

    /** The file that holds the limit. */
    Path file(Path group) {
        return group.resolve(file);
    }

    /** A hundredth of a core from now on. */
    abstract void limit(KernelFiles files, Path group) throws IOException;

    /**
     * Whether {@link #limit} holds.
     *
     * @throws IOException there is no such group, or it has no such file
     */
    abstract boolean isLimited(KernelFiles files, Path group) throws IOException;

    /** What the limit reads when it is so many cores, 0 for no limit. */
    abstract String usual(int cores);

    void lift(KernelFiles files, Path group, int cores) throws IOException {
        files.write(file(group), usual(cores));
    }

    String liftCommand(Path group, int cores) {
        return "echo " + usual(cores) + " > '" + file(group) + "'";
    }
}
