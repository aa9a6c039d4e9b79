/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.PrivateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.util.Shell;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are being started when their engine ends: each runs in the end, and once. */
@DockerTest
class DockerLaunchLiveTest {
    private static final int AT_ONCE = 4;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void anEngineThatEndsAmidAStartLosesNoneAndLeavesNone(@TempDir Path folder, @TempDir Path engineFolder)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                Lab lab = new Lab(engine.connect(Duration.ofSeconds(5)), folder)) {
            // An engine that is told to end and has no container that runs ends those that it is just starting.
            lab.startCounter();
            for (String end : List.of("KILL", "TERM", "KILL")) {
                Set<Long> before = helpers(engineFolder);
                List<String> names = new ArrayList<>();
                List<Future<?>> launches = new ArrayList<>();
                for (int task = 0; task < AT_ONCE; task++) {
                    String name = Lab.newName();
                    names.add(name);
                    launches.add(threads.submit(() -> launch(lab, name)));
                }
                await("a start is under way").until(() -> !before.containsAll(helpers(engineFolder)));
                engine.signal(end);
                engine.startAnew();

                for (int task = 0; task < AT_ONCE; task++) {
                    String name = names.get(task);
                    Path pid = lab.file(name + ".pid");
                    Future<?> launch = launches.get(task);
                    await("a start has an end").until(() -> Files.exists(pid) || launch.isDone());
                    if (launch.isDone()) {
                        launch.get(); // says why
                    }
                    await(name + " runs").until(() -> lab.status(name).running());
                    awaitProcesses(name, 1);
                }
                for (String name : names) {
                    lab.engine.remove(name);
                    awaitProcesses(name, 0);
                }
                for (Future<?> launch : launches) {
                    launch.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The engine's; one is started before a container is. */
    private static Set<Long> helpers(Path engineFolder) {
        return processes("containerd-shim", engineFolder.toString())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Its shell may be about to begin, or have a fork of itself for a moment. */
    private static void awaitProcesses(String name, int expected) {
        await("processes of " + name).untilAsserted(() -> assertThat(processes("bash", ": " + name + ";"))
                .hasSize(expected));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5));
    }

    private static Stream<ProcessHandle> processes(String program, String argument) {
        return ProcessHandle.allProcesses().filter(process -> {
            String line = process.info().commandLine().orElse("");
            return line.contains(program) && line.contains(argument);
        });
    }

    private static Void launch(Lab lab, String name) throws IOException {
        DockerLaunch launch = new DockerLaunch(
                lab.engine,
                () -> lab.spec(name, ": " + name + "; " + Lab.COUNT),
                new DockerLaunch.TaskFiles(lab.file(name + ".pid"), lab.file(name + ".exitcode"), null),
                () -> true,
                () -> false,
                () -> TimeUnit.SECONDS.sleep(2),
                (container, pid) -> {});
        try {
            launch.execute();
        } catch (Shell.ExitCodeException removed) {
            assertThat(removed.getExitCode()).isEqualTo(ContainerExit.GONE);
        }
        return null;
    }
}
