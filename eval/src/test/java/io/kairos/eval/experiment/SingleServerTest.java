/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleServerTest {
    private static final BoundedPareto SIZES = new BoundedPareto(1.1, 1, 10_000);

    @ParameterizedTest
    @CsvSource({"0.5,374.0,13.24,10.51,9.22", "0.7,863.8,22.07,14.41,11.54", "0.9,3312.9,66.21,27.78,17.96"})
    void theFormulasGiveWhatIsKnown(double load, double firstCome, double sharing, double las, double srpt) {
        SingleServer server = new SingleServer(SIZES, load);
        assertThat(server.firstCome()).isCloseTo(firstCome, within(firstCome * 1e-3));
        assertThat(server.sharing()).isCloseTo(sharing, within(sharing * 1e-3));
        assertThat(server.leastAttained()).isCloseTo(las, within(las * 1e-3));
        assertThat(server.shortestRemaining()).isCloseTo(srpt, within(srpt * 1e-3));
    }

    @Test
    void drawnSizesHaveTheMeanAndTheBounds() {
        BoundedPareto narrow = new BoundedPareto(1.5, 2, 50);
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int i = 0; i < 200_000; i++) {
            double size = narrow.draw(random);
            assertThat(size).isBetween(2.0, 50.0);
            sum += size;
        }
        assertThat(sum / 200_000).isCloseTo(narrow.mean(), within(0.02 * narrow.mean()));
    }
}
