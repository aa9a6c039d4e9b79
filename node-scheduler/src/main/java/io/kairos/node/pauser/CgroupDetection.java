/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.pauser.Deadline.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds a freezer that this process may really use, by using it: what files' permissions promise is not enough. */
final class CgroupDetection {
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(2);

    private CgroupDetection() {}

    /**
     * @param parent folder below the freezer's root for the tasks' groups
     * @throws IOException if no freezer can be used; says for each what was tried and what was expected
     */
    static CgroupPauser detect(String parent) throws IOException {
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        return detect(FreezerMounts.parse(mountinfo), FreezerMounts.roots(mountinfo), parent, Pace.SYSTEM);
    }

    static CgroupPauser detect(List<FreezerMounts.Mount> mounts, String parent, Pace pace) throws IOException {
        return detect(mounts, List.of(), parent, pace);
    }

    /** @param roots where all hierarchies are mounted */
    static CgroupPauser detect(List<FreezerMounts.Mount> mounts, List<Path> roots, String parent, Pace pace)
            throws IOException {
        List<String> reasons = new ArrayList<>();
        for (FreezerMounts.Mount mount : mounts) {
            CgroupPauser pauser =
                    new CgroupPauser(mount.version(), mount.root(), parent, roots, KernelFiles.SYSTEM, pace);
            try {
                probe(mount.version(), pauser);
                return pauser;
            } catch (IOException e) {
                reasons.add(e.getMessage());
                pauser.close();
            }
        }
        if (reasons.isEmpty()) {
            throw new IOException("no cgroup freezer is mounted; expected a cgroup v1 freezer or cgroup v2 in "
                    + FreezerMounts.MOUNT_INFO);
        }
        throw new IOException(String.join("; ", reasons));
    }

    /** Creates, freezes, thaws and removes an empty group, and lets a process of ours join it, as the first one of a task will. */
    private static void probe(FreezerVersion version, CgroupPauser pauser) throws IOException {
        String task = "probe-" + ProcessHandle.current().pid();
        Path processList = pauser.prepare(task).orElseThrow();
        Path group = processList.resolveSibling("");
        if (!Files.exists(version.requestFile(group))) {
            Files.delete(group);
            throw new IOException("no " + version.requestFile(group) + "; expected a mounted " + version.title()
                    + " (v2: Linux 5.2 or later)");
        }
        try {
            pauser.freezeForProbe(task);
            pauser.thaw(task);
            join(processList);
        } finally {
            pauser.release(task);
        }
    }

    /**
     * A pauser that throttles, found to work by using it.
     *
     * @param pauser one that was detected; closed if this fails
     */
    static ThrottlingPauser throttling(CgroupPauser pauser) throws IOException {
        try {
            GroupBrake brake = pauser.brake(false);
            brake.enable(pauser.root());
            ThrottlingPauser throttling = new ThrottlingPauser(pauser, brake);
            String task = "probe-" + ProcessHandle.current().pid();
            pauser.prepare(task);
            try {
                brake.apply(task, 0);
                join(Freezer.processList(brake.group(task)));
                brake.lift(task);
            } finally {
                throttling.release(task);
            }
            return throttling;
        } catch (IOException e) {
            pauser.close();
            throw e;
        }
    }

    private static void join(Path processList) throws IOException {
        Process process = new ProcessBuilder(
                        "/bin/sh", "-c", "echo $$ > \"$1\"", "kairos-probe", processList.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(JOIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException("a process cannot join the cgroup through " + processList
                        + "; expected user " + System.getProperty("user.name")
                        + " to have write access to it (v2: also to cgroup.procs of the nearest common ancestor)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while trying to join " + processList, e);
        } finally {
            process.destroyForcibly();
        }
    }
}
