/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    @Test
    void aVariantKeepsTheNameItWasGiven() {
        assertThat(Policy.parse("kairos:tie=oldest:guard=off").label()).isEqualTo("kairos:tie=oldest:guard=off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            lottery           | unknown policy 'lottery': expected one of eagle, fifo, hawk, kairos, las, ps, sparrow, srpt
            fifo:tie=oldest   | unknown option 'tie=oldest' of fifo: expected none
            kairos:oldest     | unknown option 'oldest' of kairos: expected KEY=VALUE with a key of tie, guard
            kairos:tie=first  | unknown tie-break 'first': expected one of variance
            kairos:tie=sum:tie=oldest | expected tie once
            kairos:guard=yes  | guard=yes: expected on or off
            """)
    void whatThereIsNotIsRefusedInOneLine(String text, String message) {
        assertThatThrownBy(() -> Policy.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
