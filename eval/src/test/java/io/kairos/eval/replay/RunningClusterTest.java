/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a configuration; the ResourceManager has its part in ReplayIT. */
class RunningClusterTest {
    private static final String CAPACITY =
            "org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler";

    private final Configuration configuration = new Configuration(false);

    @ParameterizedTest
    @CsvSource({
        "io.kairos.yarn.rm.KairosScheduler, fair, kairos, kairos",
        "io.kairos.yarn.rm.KairosScheduler, fifo, kairos-job, kairos-job",
        CAPACITY + ", fifo, kairos, fifo",
        CAPACITY + ", fair, kairos, capacity",
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fair.FairScheduler, fifo, kairos, fair",
    })
    void aSchedulerHasTheNameThatTheDemoHasForIt(String scheduler, String ordering, String policy, String name) {
        configuration.set("yarn.resourcemanager.scheduler.class", scheduler);
        configuration.set("yarn.scheduler.capacity.root.default.ordering-policy", ordering);
        configuration.set("yarn.resourcemanager.kairos.policy", policy);
        assertThat(new RunningCluster(configuration, 3, 12288, 2).scheduler()).isEqualTo(name);
    }

    @Test
    void underKairosANodeHoldsMoreThanItRuns() {
        configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
        assertThat(cluster(12288, CAPACITY).taskMemoryMb()).isEqualTo(6144);
        assertThat(cluster(12288, "io.kairos.yarn.rm.KairosScheduler").taskMemoryMb())
                .isEqualTo(2048);
    }

    @Test
    void aTasksShareIsWhatTheSchedulerAllocates() {
        configuration.setInt("yarn.scheduler.minimum-allocation-mb", 1024);
        assertThat(cluster(7000, CAPACITY).taskMemoryMb()).isEqualTo(3072);
        assertThatThrownBy(() -> cluster(2000, CAPACITY).taskMemoryMb())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "nodes of 2000 MB for 2 tasks: expected a share from 1024 to 8192 MB, the least and the most"
                                + " that this cluster's scheduler allocates");
        assertThatThrownBy(() -> cluster(64_000, CAPACITY).taskMemoryMb()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodesWithoutRoomForTheirTasksAreRefused() {
        assertThatCode(() -> cluster(9216, CAPACITY).requireRoom(4608)).doesNotThrowAnyException();
        assertThatThrownBy(() -> cluster(9215, CAPACITY).requireRoom(4608))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("nodes of 9215 MB hold 1 tasks of 4608 MB")
                .hasMessageContaining("expected room for 2");
    }

    @Test
    void aFileThatIsNoXmlIsToldInOneLine(@TempDir Path folder) throws IOException {
        Path site = Files.writeString(folder.resolve("yarn-site.xml"), "<configuration>\n<property>\n");
        assertThatThrownBy(() -> RunningCluster.at(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--conf " + site + ": expected the XML of a Hadoop configuration")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    private RunningCluster cluster(long nodeMemoryMb, String scheduler) {
        configuration.set("yarn.resourcemanager.scheduler.class", scheduler);
        return new RunningCluster(configuration, 3, nodeMemoryMb, 2);
    }
}
