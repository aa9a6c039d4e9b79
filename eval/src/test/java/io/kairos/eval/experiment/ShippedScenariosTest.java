/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
    static Stream<String> names() {
        return Scenarios.SHIPPED.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadBearsItsNameAndShowsSomething(String name) throws IOException {
        Scenario scenario = Scenarios.shipped(name);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.title()).hasSizeLessThanOrEqualTo(66);
        assertThat(scenario.parts()).allSatisfy(part -> {
            assertThat(part.variants()).isNotEmpty();
            assertThat(part.figure()).isNotNull();
        });
    }
}
