/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LeastWorkTest {
    private static final long SECOND = 1_000_000_000L;

    private static LeastWork leastWork(int workers, double staleSeconds) {
        SplittableRandom random = new SplittableRandom(1);
        return new LeastWork(workers, 0, staleSeconds == 0 ? null : () -> random.nextDouble(staleSeconds));
    }

    @Test
    void whatIsKnownOfWorkersIsOutByTheirStalenessAtMost() {
        LeastWork placement = leastWork(100, 8);
        int[] chosen = placement.place(0, 100, 20, 0);
        // All wait for 0 s, known as less than 8: none is given a second task of 20 s before each has one.
        assertThat(chosen)
                .doesNotHaveDuplicates()
                .isNotEqualTo(leastWork(100, 0).place(0, 100, 20, 0));
        placement.started(7, 20, 0);
        // Shortly before its end, number 7 is the one of least wait for sure.
        assertThat(placement.place(0, 1, 20, 19 * SECOND)).containsExactly(7);
    }

    @Test
    void freeWorkersComeFirstThenThoseWithTheLeastWait() {
        LeastWork placement = leastWork(4, 0);
        assertThat(placement.place(1, 2, 100, 0)).containsExactly(1, 2);
        placement.started(1, 100, 0);
        placement.started(2, 100, 0);
        assertThat(placement.place(1, 4, 30, 60 * SECOND)).containsExactly(3, 3, 1, 2);
        assertThat(placement.occupied().stream()).containsExactly(1, 2, 3);
    }

    @Test
    void whatRunsLongerThanEstimatedIsExpectedToEndAtOnce() {
        LeastWork placement = leastWork(2, 0);
        placement.place(0, 2, 10, 0);
        placement.started(0, 10, 0);
        placement.started(1, 10, 95 * SECOND);
        assertThat(placement.place(0, 1, 10, 100 * SECOND)).containsExactly(0);
    }

    @RepeatedTest(20)
    void whateverIsPlacedAndEndsNothingStaysBooked(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        LeastWork placement = new LeastWork(10, 0.001, null);
        double[] estimates = new double[30];
        int[][] chosen = new int[30][];
        for (int job = 0; job < chosen.length; job++) {
            estimates[job] = random.nextDouble(0.1, 1e5);
            chosen[job] = placement.place(0, random.nextInt(1, 40), estimates[job], job * SECOND);
        }
        for (int job = 0; job < chosen.length; job++) {
            for (int worker : chosen[job]) {
                placement.started(worker, estimates[job], job * SECOND);
                placement.ended(worker, estimates[job]);
            }
        }
        assertThat(placement.occupied().isEmpty()).isTrue();
        assertThat(placement.place(0, 1, 1, 0)).containsExactly(0);
    }
}
