/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LongPlacementTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void freeWorkersComeFirstThenThoseWithTheLeastWait() {
        LongPlacement placement = new LongPlacement(1, 4, 0);
        assertThat(placement.place(2, 100, 0)).containsExactly(1, 2);
        placement.started(1, 100, 0);
        placement.started(2, 100, 0);
        assertThat(placement.place(4, 30, 60 * SECOND)).containsExactly(3, 3, 1, 2);
        assertThat(placement.occupied().stream()).containsExactly(1, 2, 3);
    }

    @Test
    void whatRunsLongerThanEstimatedIsExpectedToEndAtOnce() {
        LongPlacement placement = new LongPlacement(0, 2, 0);
        placement.place(2, 10, 0);
        placement.started(0, 10, 0);
        placement.started(1, 10, 95 * SECOND);
        assertThat(placement.place(1, 10, 100 * SECOND)).containsExactly(0);
    }

    @RepeatedTest(20)
    void whateverIsPlacedAndEndsNothingStaysBooked(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        LongPlacement placement = new LongPlacement(0, 10, 0.001);
        double[] estimates = new double[30];
        int[][] chosen = new int[30][];
        for (int job = 0; job < chosen.length; job++) {
            estimates[job] = random.nextDouble(0.1, 1e5);
            chosen[job] = placement.place(random.nextInt(1, 40), estimates[job], job * SECOND);
        }
        for (int job = 0; job < chosen.length; job++) {
            for (int worker : chosen[job]) {
                placement.started(worker, estimates[job], job * SECOND);
                placement.ended(worker, estimates[job]);
            }
        }
        assertThat(placement.occupied().isEmpty()).isTrue();
        assertThat(placement.place(1, 1, 0)).containsExactly(0);
    }
}
