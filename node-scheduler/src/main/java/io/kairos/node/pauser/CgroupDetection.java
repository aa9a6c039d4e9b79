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
        return detect(FreezerMounts.ofThisProcess(), parent, Pace.SYSTEM);
    }

    static CgroupPauser detect(List<FreezerMounts.Mount> mounts, String parent, Pace pace) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (FreezerMounts.Mount mount : mounts) {
            CgroupPauser pauser = new CgroupPauser(mount.version(), mount.root(), parent, KernelFiles.SYSTEM, pace);
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
