/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import io.kairos.eval.cluster.DockerTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Containers of a cluster that ends: processes that work in the folders of its nodes for them, and containers of the Docker engine.
 * Paused ones die when their NodeManager lets them go on, or within half a minute of its end, when they are thawed.
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
        List<ProcessHandle> left = processesOf(folder);
        while (!left.isEmpty()) {
            left.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() > deadline) {
                throw new IOException("processes of containers do not end: "
                        + left.stream().map(ProcessHandle::pid).toList());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            left = processesOf(folder);
        }
        if (docker) {
            DockerTasks.removeAll(folder.path());
        }
    }

    private static List<ProcessHandle> processesOf(ClusterFolder folder) {
        Set<ProcessHandle> asking = withAncestors(ProcessHandle.current());
        return ProcessHandle.allProcesses()
                .filter(process -> isOfContainer(process, folder) && !asking.contains(process))
                .toList();
    }

    /** Whoever asks for the end may stand in the folder of a container. */
    private static Set<ProcessHandle> withAncestors(ProcessHandle process) {
        return Stream.iterate(Optional.of(process), Optional::isPresent, one -> one.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static boolean isOfContainer(ProcessHandle process, ClusterFolder folder) {
        try {
            return folder.isOfContainers(
                    Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd")));
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }
}
