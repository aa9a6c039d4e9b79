/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import io.kairos.eval.cluster.DockerTasks;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
     * Ends the processes.
     *
     * @throws IOException one line: what is left nevertheless
     */
    static void endProcesses(ClusterFolder folder) throws IOException, InterruptedException {
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
    }

    /**
     * Removes the engine's containers.
     *
     * @throws IOException one line: the engine does not answer, and what that means
     */
    static void removeContainers(ClusterFolder folder) throws IOException {
        try {
            DockerTasks.removeAll(folder.path());
        } catch (IOException e) {
            throw new IOException(
                    "containers of the cluster may be left in the Docker engine: " + e.getMessage()
                            + "; 'docker ps -a --filter label=" + KairosDockerContainerExecutor.OWNER
                            + "' lists them once it answers",
                    e);
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

    /** Somebody who looks around there, or edits a file, was not started by YARN. */
    private static boolean isOfContainer(ProcessHandle process, ClusterFolder folder) {
        Path about = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return folder.isOfContainers(Files.readSymbolicLink(about.resolve("cwd")))
                    && Files.readString(about.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .contains("CONTAINER_ID=container_");
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }
}
