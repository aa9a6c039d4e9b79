/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.Sharing;
import org.junit.jupiter.api.Test;

/** Who may be put on a node. */
class SharingGateTest {
    private static final Job SMALL = new Job(1, 10);
    private static final Job LARGE = new Job(1, 100);
    private static final Job WIDE = new Job(2, 10);

    private final SharingGate<Job> gate = new SharingGate<>(new Sharing(2, 4), Job::placed, Job::workLeft);

    private record Job(int placed, double workLeft) {}

    @Test
    void whereASlotIsFreeAnyoneMayHaveIt() {
        gate.open();
        assertThat(gate.lets(LARGE, true)).isTrue();
        assertThat(gate.lets(WIDE, true)).isTrue();
        assertThat(gate.hasRefusedAll()).isFalse();
    }

    @Test
    void whoeverGivesWayMustHaveFourTimesAsMuchLeft() {
        gate.share(41);
        assertThat(gate.lets(SMALL, true)).isTrue();
        gate.share(40);
        assertThat(gate.lets(SMALL, true)).isFalse();
        assertThat(gate.lets(LARGE, true)).isFalse();
        assertThat(gate.hasRefusedAll()).isTrue();
    }

    @Test
    void aJobWithManyPlacedTasksIsHeldBack() {
        gate.share(Double.POSITIVE_INFINITY);
        assertThat(gate.lets(WIDE, true)).isFalse();
        assertThat(gate.hasRefusedAll()).isTrue();
        assertThat(gate.lets(LARGE, true)).isTrue();
        assertThat(gate.hasRefusedAll()).isFalse();
    }

    @Test
    void nobodyGivesWayForWhatTakesNoSlot() {
        gate.share(0);
        assertThat(gate.lets(WIDE, false)).isTrue();
        assertThat(gate.hasRefusedAll()).isFalse();
    }

    @Test
    void whereNobodyWantsAnythingNobodyIsRefused() {
        gate.share(0);
        assertThat(gate.hasRefusedAll()).isFalse();
    }
}
