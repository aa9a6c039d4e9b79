/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UsualTaskTest {
    @Test
    void itIsTheMedianOfTheJobsMeansWhateverTheLongOnesAre() {
        UsualTask usual = new UsualTask();
        assertThat(usual.seconds()).as("before any job ended").isZero();
        usual.ended(60, 3);
        assertThat(usual.seconds()).isEqualTo(20);
        usual.ended(10, 1);
        usual.ended(1e9, 2);
        assertThat(usual.seconds()).isEqualTo(20);
        usual.ended(0, 0);
        assertThat(usual.seconds()).as("a job without tasks says nothing").isEqualTo(20);
    }

    @Test
    void beforeAnyJobHasEndedItIsWhatThoseUnderWaySay() {
        UsualTask usual = new UsualTask();
        assertThat(usual.secondsOr(0, 0)).as("nothing has run").isZero();
        assertThat(usual.secondsOr(300, 0)).as("no task has ended").isZero();
        assertThat(usual.secondsOr(300, 4)).isEqualTo(75);
        usual.ended(0, 0);
        assertThat(usual.secondsOr(300, 4))
                .as("a job without tasks says nothing")
                .isEqualTo(75);
        usual.ended(60, 3);
        assertThat(usual.secondsOr(300, 4)).as("one has ended").isEqualTo(20);
        assertThat(usual.secondsOr(0, 0)).isEqualTo(20);
        usual.ended(100, 1);
        usual.ended(50, 1);
        assertThat(usual.secondsOr(300, 4)).as("the median").isEqualTo(50);
    }

    @Property(tries = 100)
    void onlyTheLastThousandCount(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 1_000) Integer> means,
            @ForAll @IntRange(min = 1, max = 60) int rounds) {
        UsualTask usual = new UsualTask();
        List<Integer> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int mean : means) {
                usual.ended(mean * 2.0, 2);
                all.add(mean);
            }
            List<Integer> last = all.subList(Math.max(0, all.size() - 1_000), all.size());
            List<Integer> sorted = last.stream().sorted().toList();
            assertThat(usual.seconds())
                    .isEqualTo(sorted.get((sorted.size() - 1) / 2).doubleValue());
        }
    }
}
