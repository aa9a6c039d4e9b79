/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import io.kairos.eval.cluster.DockerTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Containers of a cluster that ends: processes that work in its folder, and containers of the Docker engine. Paused ones die when
 * their NodeManager lets them go on, or within half a minute of its end, when they are thawed.
 */
final class Leftovers {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private Leftovers() {}

    /**
     * Ends them all.
     *
     * @throws IOException one line: what is left nevertheless
     */
    static void end(ClusterFolder folder, boolean docker) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<ProcessHandle> left = processesIn(folder.data());
        while (!left.isEmpty()) {
            left.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() > deadline) {
                throw new IOException("processes of containers do not end: "
                        + left.stream().map(ProcessHandle::pid).toList());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            left = processesIn(folder.data());
        }
        if (docker) {
            DockerTasks.removeAll(folder.path());
        }
    }

    private static List<ProcessHandle> processesIn(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, folder))
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .startsWith(folder);
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }
}
