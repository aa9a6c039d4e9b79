/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.junit.jupiter.api.Test;

class DrawTest {

    @Property
    void theHashIsThatOfSpark(@ForAll long value, @ForAll long seed) {
        assertThat(Hash64.of(value, seed)).isEqualTo(XXH64.hashLong(value, seed));
    }

    @Property
    void aDrawIsOneOfTheChoices(
            @ForAll long id, @ForAll long seed, @ForAll @LongRange(min = 1, max = 1_000_000) long choices) {
        assertThat(new Draw(seed, choices).of(id)).isBetween(0L, choices - 1);
    }

    @Test
    void sqlDrawsWhatPlainJavaDraws() {
        for (Draw draw : List.of(new Draw(5, 7), new Draw(-6, 1_000_000_007), new Draw(0, 1))) {
            List<Long> drawn = LocalSpark.session()
                    .range(0, 500, 1, 2)
                    .selectExpr(draw.sql())
                    .as(Encoders.LONG())
                    .collectAsList();
            assertThat(drawn)
                    .isEqualTo(LongStream.range(0, 500).mapToObj(draw::of).toList());
        }
    }

    @Test
    void textsOfTheSameCharactersInAnotherOrderDiffer() {
        assertThat(Hash64.of("ab", 1)).isNotEqualTo(Hash64.of("ba", 1)).isNotEqualTo(Hash64.of("ab", 2));
    }
}
