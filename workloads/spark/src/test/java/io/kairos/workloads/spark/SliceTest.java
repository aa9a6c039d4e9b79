/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SliceTest {

    @Property
    void slicesFollowOneAnotherAndAreNearlyEqual(
            @ForAll @IntRange(min = 1, max = 200) int count,
            @ForAll @LongRange(min = 1, max = 10_000_000_000L) long total) {
        long next = 0;
        for (int index = 0; index < count; index++) {
            Slice slice = Slice.of(index, count, total);
            assertThat(slice.from()).isEqualTo(next);
            assertThat(slice.to() - slice.from()).isBetween(total / count, total / count + 1);
            next = slice.to();
        }
        assertThat(next).isEqualTo(total);
    }
}
