/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.ContainerGroupPauser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers. */
@DockerTest
final class CpuMeterDockerLiveTest {
    private static final long MILLISECOND = 1_000_000;

    private final CpuMeter meter = new CpuMeter();

    CpuMeterDockerLiveTest() throws IOException {}

    @Test
    void containersAreReadFromTheirGroupsAndAttainNothingWhilePaused(@TempDir Path folder) throws IOException {
        try (Lab lab = new Lab(folder);
                ContainerGroupPauser pauser = new ContainerGroupPauser()) {
            String busy = lab.start("while :; do :; done");
            String idle = lab.start("read -r never <> <(:)");
            long busyPid = lab.pid(busy);
            long idlePid = lab.pid(idle);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> nanos(busy, busyPid) > Duration.ofSeconds(1).toNanos());
            assertThat(nanos(idle, idlePid)).isLessThan(nanos(busy, busyPid) / 2);
            long asleep = nanos(idle, idlePid);

            pauser.pause(busy, busyPid);
            long paused = nanos(busy, busyPid);
            Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            assertThat(nanos(busy, busyPid) - paused).isBetween(0L, MILLISECOND);
            assertThat(nanos(idle, idlePid) - asleep).isBetween(0L, 50 * MILLISECOND);
            pauser.resume(busy, busyPid);
            Awaitility.await().until(() -> nanos(busy, busyPid) > paused + 20 * MILLISECOND);
        }
    }

    private long nanos(String task, long pid) {
        CpuMeter.Round round = meter.read(Map.of(task, pid));
        assertThat(round.failures()).isEmpty();
        CpuTime time = Objects.requireNonNull(round.times().get(task));
        assertThat(time.counter()).as("a group, not processes").startsWith("/");
        return time.nanos();
    }
}
