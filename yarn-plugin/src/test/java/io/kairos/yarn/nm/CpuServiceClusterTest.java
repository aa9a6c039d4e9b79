/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real NodeManager whose attained service is CPU time, and tasks that use it or do not. */
class CpuServiceClusterTest {
    private static final int MEMORY_MB = 64;
    private static final int ARRIVALS = 3;

    /** The sleeping task comes first, so by wall time it would have attained most. */
    @Test
    void aSleepingTaskIsNeverTheVictimOfAnArrival(@TempDir Path folder) throws Exception {
        Path decisions = Files.createDirectory(folder.resolve("decisions"));
        DecisionFile log = new DecisionFile(decisions);
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        String parent = "kairos-test-" + ProcessHandle.current().pid() + "-cpu";
        Configuration configuration = PausingContract.nodeConfiguration("auto", parent, decisions);
        configuration.set(NodeManagerKeys.ATTAINED_SERVICE.name(), "cpu");
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 2);
        try (MiniCluster cluster = MiniCluster.start("CpuServiceClusterTest", configuration, 1);
                TestApplication application = TestApplication.submit(cluster, "default")) {
            Container sleeping =
                    start(application, scripts.script("sleeping", "echo on >> " + on(scripts), waitForEver()));
            TestApplication.await(() -> !scripts.outputLines("on").isEmpty());
            Container burning = start(application, scripts.script("burning", burnUntilStopped(scripts)));

            for (int arrival = 0; arrival < ARRIVALS; arrival++) {
                int pauses = arrival;
                TestApplication.await(() -> log.count("RESUME", burning) == pauses);
                awaitCpuTime(scripts, "burning", 300_000_000L * (arrival + 1));
                Container arrived =
                        start(application, scripts.script("arrival-" + arrival, "echo end >> " + end(scripts)));
                assertThat(application.awaitCompleted(arrived.getId()).getExitStatus())
                        .isZero();
                assertThat(log.count("PAUSE", sleeping)).isZero();
            }

            assertThat(log.attained("PAUSE", burning)).hasSize(ARRIVALS).allMatch(attained -> attained > 100);
            TestApplication.await(() -> log.count("RESUME", burning) == ARRIVALS);
            scripts.stopCounting();
            assertThat(application.awaitCompleted(burning.getId()).getExitStatus())
                    .isZero();
        }
    }

    private static Container start(TestApplication application, String command) throws Exception {
        int before = application.allocated().size();
        application.ask(1, MEMORY_MB);
        Container container = application.awaitAllocated(before + 1).get(before);
        application.start(container, command);
        return container;
    }

    private static Path on(TaskScripts scripts) {
        return scripts.output("on");
    }

    private static Path end(TaskScripts scripts) {
        return scripts.output("end");
    }

    /** Waits for what never comes, without a process for the wait. */
    private static String waitForEver() {
        return "read -r never <> <(:)";
    }

    private static String burnUntilStopped(TaskScripts scripts) {
        return "while [ ! -e " + scripts.folder() + "/stop ]; do for i in {1..1000}; do :; done; done";
    }

    /** Waits until the script's process has used that much, by ticks. */
    private static void awaitCpuTime(TaskScripts scripts, String name, long nanos) {
        TestApplication.await(() -> cpuNanos(scripts, name) >= nanos);
    }

    private static long cpuNanos(TaskScripts scripts, String name) throws IOException {
        long most = 0;
        for (String process : scripts.processes()) {
            if (process.contains("/" + name + ".sh")) {
                long pid = Long.parseLong(process.substring(0, process.indexOf(' ')));
                most = Math.max(
                        most,
                        ProcessHandle.of(pid)
                                .flatMap(handle -> handle.info().totalCpuDuration())
                                .map(used -> used.toNanos())
                                .orElse(0L));
            }
        }
        return most;
    }
}
