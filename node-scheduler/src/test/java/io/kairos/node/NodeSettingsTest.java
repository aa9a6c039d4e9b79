/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {
    private int slots = 4;
    private int bound = 8;
    private long memory = 100;
    private Duration quantum = Duration.ofSeconds(5);
    private Optional<Integer> preemptions = Optional.of(3);
    private int quanta = 2;
    private Optional<Duration> maxPause = Optional.empty();
    private Optional<Duration> interval = Optional.of(Duration.ofSeconds(30));
    private Duration pulse = Duration.ofMillis(500);

    @Test
    void theDefaultsAreThePublishedOnes() {
        memory = Long.MAX_VALUE;
        assertThat(NodeSettings.defaults(4)).isEqualTo(settings());
    }

    @Test
    void slots() {
        slots = 0;
        refused("slots must be at least 1, was 0");
    }

    @Test
    void bound() {
        bound = 3;
        refused("launch bound must be at least the 4 slots, was 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeScheduler<String>(NodeSettings.defaults(4), TaskOrders.attainedService())
                        .launchBound(3))
                .withMessage("launch bound must be at least the 4 slots, was 3");
    }

    @Test
    void memory() {
        memory = 0;
        refused("memory in MiB must be at least 1, was 0");
    }

    @Test
    void quantum() {
        quantum = Duration.ZERO;
        refused("quantum must be above zero and at most PT8760H, was PT0S");
        quantum = Duration.ofSeconds(Long.MAX_VALUE);
        refused("quantum must be above zero and at most PT8760H, was " + quantum);
    }

    @Test
    void withoutGuaranteeAllElseStays() {
        maxPause = Optional.of(Duration.ofMinutes(3));
        preemptions = Optional.of(2);
        NodeSettings with = settings();
        preemptions = Optional.empty();
        assertThat(with.withoutGuarantee()).isEqualTo(settings());
    }

    @Test
    void guarantee() {
        quanta = 0;
        refused("guaranteed quanta must be 1 to 1000, was 0");
        quanta = 1;
        preemptions = Optional.of(-1);
        refused("preemptions before the guarantee must be at least 0, or empty for none, was -1");
    }

    @Test
    void maxPause() {
        maxPause = Optional.of(Duration.ofSeconds(-1));
        refused("maximum pause must be above zero and at most PT8760H, was PT-1S");
    }

    @Test
    void keepAlive() {
        pulse = Duration.ofSeconds(30);
        refused("keep-alive pulse must be shorter than the interval of PT30S, was PT30S");
        pulse = Duration.ZERO;
        refused("keep-alive pulse must be above zero and at most PT8760H, was PT0S");
        pulse = Duration.ofSeconds(1);
        interval = Optional.of(Duration.ZERO);
        refused("keep-alive interval must be above zero and at most PT8760H, was PT0S");
    }

    private void refused(String message) {
        assertThatIllegalArgumentException().isThrownBy(this::settings).withMessage(message);
    }

    private NodeSettings settings() {
        return new NodeSettings(slots, bound, memory, quantum, preemptions, quanta, maxPause, interval, pulse);
    }
}
