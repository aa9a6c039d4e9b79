/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyedNumbersTest {

    @Property
    void theClosedFormIsWhatTheNumbersAddUpTo(
            @ForAll @IntRange(min = 1, max = 50) int keys,
            @ForAll @IntRange(min = 0, max = 49) int shift,
            @ForAll @IntRange(min = 1, max = 500) int total) {
        KeyedNumbers numbers = new KeyedNumbers(keys, shift % keys, false);
        Map<Integer, Long> sums = new HashMap<>();
        numbers.of(new Slice(0, total)).forEachRemaining(number -> sums.merge(number._1(), number._2(), Long::sum));
        for (int key = 0; key < keys; key++) {
            assertThat(numbers.sum(key, total)).isEqualTo(sums.getOrDefault(key, 0L));
        }
    }

    @Test
    void theLargestSumIsExact() {
        long total = 3_000_000_000L;
        assertThat(new KeyedNumbers(1, 0, false).sum(0, total)).isEqualTo(4_499_999_998_500_000_000L);
    }
}
