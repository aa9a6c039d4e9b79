/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.Reading;
import io.kairos.node.meter.CpuMeter;
import io.kairos.node.meter.CpuTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerMeterTest {
    private static final ContainerId ONE = ContainerId.fromString("container_1_0001_01_000002");
    private static final ContainerId OTHER = ContainerId.fromString("container_1_0001_01_000003");

    private final Map<String, CpuTime> times = new HashMap<>();
    private final Map<String, IOException> unreadable = new HashMap<>();
    private final Map<ContainerId, Long> pids = new HashMap<>(Map.of(ONE, 7L, OTHER, 8L));
    private final ContainerMeter meter = new ContainerMeter(this::read, this::pid, id -> true);

    @AfterEach
    void close() {
        meter.close();
    }

    @Test
    void containersAreReadByNameAndFirstProcess() {
        times.put(ONE.toString(), new CpuTime("counter of 7", 70));
        times.put(OTHER.toString(), new CpuTime("counter of 8", 80));
        assertThat(meter.read(List.of(ONE, OTHER)).join())
                .containsExactlyInAnyOrder(
                        new Reading<>(ONE, "counter of 7", 70), new Reading<>(OTHER, "counter of 8", 80));
        assertThat(meter.failures()).isZero();
    }

    @Test
    void aContainerWithoutProcessIsNoFailure() {
        pids.put(ONE, 0L);
        times.put(ONE.toString(), new CpuTime("counter of 0", 70));
        assertThat(meter.read(List.of(ONE, OTHER)).join()).isEmpty();
        assertThat(meter.failures()).isZero();
    }

    @Test
    void eachFailureIsCountedAndCostsNoOther() {
        times.put(OTHER.toString(), new CpuTime("counter of 8", 80));
        unreadable.put(ONE.toString(), new IOException("not allowed"));
        meter.read(List.of(ONE, OTHER)).join();
        assertThat(meter.read(List.of(ONE, OTHER)).join()).hasSize(1);
        assertThat(meter.failures()).isEqualTo(2);
        pids.put(ONE, -1L);
        assertThat(meter.read(List.of(ONE, OTHER)).join()).hasSize(1);
        assertThat(meter.failures()).isEqualTo(3);
    }

    @Test
    void aClosedMeterAnswersWithAFailure() {
        meter.close();
        assertThat(meter.read(List.of(ONE))).isCompletedExceptionally();
    }

    private CpuMeter.Round read(Map<String, Long> firstProcesses) {
        Map<String, CpuTime> read = new HashMap<>(times);
        Map<String, IOException> failed = new HashMap<>(unreadable);
        read.keySet().retainAll(firstProcesses.keySet());
        failed.keySet().retainAll(firstProcesses.keySet());
        return new CpuMeter.Round(read, failed);
    }

    private long pid(ContainerId id) {
        long pid = pids.getOrDefault(id, 0L);
        if (pid < 0) {
            throw new NumberFormatException("not a pid");
        }
        return pid;
    }
}
