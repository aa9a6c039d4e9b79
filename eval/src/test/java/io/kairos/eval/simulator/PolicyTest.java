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
            lottery           | unknown policy 'lottery': expected one of big-c, capacity, dlwl, eagle, fifo
            srpt:tie=oldest   | unknown option 'tie=oldest' of srpt: expected none
            eagle:tie=oldest  | unknown option 'tie=oldest' of eagle: expected KEY=VALUE with a key of estimate
            eagle:estimate=0  | estimate=0: expected a factor from 0.001 to 1000.0, or LEAST..MOST, as in 0.1..10
            hawk:estimate=3..2 | estimate=3..2: expected a factor
            big-c:mode=kind   | mode=kind: expected one of graceful, immediate, kill
            capacity:heartbeat=0 | heartbeat=0: expected a number, 0.001 to 3600
            kairos:placers=1.5 | placers=1.5: expected a whole number, 1 to 1000
            kairos:placers=2:groups=3 | placers=2 and groups=3: expected one of the two
            fifo:long=random:groups=3 | long and placers or groups: expected one of the two
            random:tie=oldest | tie=oldest changes nothing here: expected it with place=fewest
            kairos:place=random:bound=3 | bound=3 changes nothing here
            fifo:tie=variance | tie=variance changes nothing here: expected it with node=las
            ps:guard=on       | guard=on changes nothing here: expected it with node=las
            kairos:sync=3     | sync=3 changes nothing here: expected it with placers=K
            las:bound=some    | bound=some: expected a number, 0 to 1000000
            fifo:node=lottery | node=lottery: expected one of fifo, las, job, ps, sfs
            kairos:oldest     | unknown option 'oldest' of kairos: expected KEY=VALUE with a key of node, place, long, bound, tie, guard, max-pause, preempt
            kairos:tie=first  | unknown tie-break 'first': expected one of variance
            kairos:tie=sum:tie=oldest | expected tie once
            kairos:preempt=kill | preempt=kill: expected it with node=job
            kairos:guard=yes  | guard=yes: expected on or off
            kairos:max-pause=0 | max-pause=0: expected a number, 0.001 to 31536000, or none
            kairos-job:round=2 | round=2: expected on or off
            kairos-job:told=no | told=no: expected on or off
            kairos-job:patience=soon | patience=soon: expected a number, 0.001 to 31536000, or none
            """)
    void whatThereIsNotIsRefusedInOneLine(String text, String message) {
        assertThatThrownBy(() -> Policy.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
