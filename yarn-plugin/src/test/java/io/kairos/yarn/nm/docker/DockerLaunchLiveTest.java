/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.PrivateEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.Shell;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are being started when their engine is killed: each runs in the end, and once. */
@DockerTest
class DockerLaunchLiveTest {
    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 2;

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void anEngineThatIsKilledAmidAStartLosesNoneAndLeavesNone(@TempDir Path folder, @TempDir Path engineFolder)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                Lab lab = new Lab(engine.connect(Duration.ofSeconds(5)), folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = startsBegun(engineFolder);
                List<String> names = new ArrayList<>();
                List<Future<?>> launches = new ArrayList<>();
                for (int task = 0; task < AT_ONCE; task++) {
                    String name = Lab.newName();
                    names.add(name);
                    launches.add(threads.submit(() -> launch(lab, name)));
                }
                Awaitility.await("a start is under way")
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> startsBegun(engineFolder) > before);
                engine.signal("KILL");
                engine.startAnew();

                for (String name : names) {
                    Awaitility.await(name + " runs")
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> lab.file(name + ".pid").toFile().exists());
                    assertThat(processes(name)).as("processes of " + name).isEqualTo(1);
                    assertThat(lab.status(name).running()).isTrue();
                }
                for (String name : names) {
                    lab.engine.remove(name);
                    assertThat(processes(name)).as("processes of " + name).isZero();
                }
                for (Future<?> launch : launches) {
                    launch.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The engine's helpers; one is started before a container is. */
    private static long startsBegun(Path engineFolder) {
        return count("containerd-shim", engineFolder.toString());
    }

    private static long processes(String name) {
        return count("bash", ": " + name + ";");
    }

    private static long count(String program, String argument) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(program) && line.contains(argument))
                .count();
    }

    private static Void launch(Lab lab, String name) throws IOException {
        DockerLaunch launch = new DockerLaunch(
                lab.engine,
                () -> lab.spec(name, ": " + name + "; " + Lab.COUNT),
                lab.file(name + ".pid"),
                lab.file(name + ".exitcode"),
                null,
                () -> true,
                (container, pid) -> {});
        try {
            launch.execute();
        } catch (Shell.ExitCodeException removed) {
            assertThat(removed.getExitCode()).isEqualTo(ContainerExit.GONE);
        }
        return null;
    }
}
