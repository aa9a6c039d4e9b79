/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation();
    private final List<String> happened = new ArrayList<>();

    private Event event(String name, boolean counts) {
        return new Event() {
            @Override
            boolean happen() {
                happened.add(name + " at " + simulation.now());
                return counts;
            }
        };
    }

    @Test
    void eventsHappenInOrderOfTimeAndAtTheSameTimeAsTheyWereScheduled() {
        simulation.at(20, event("c", true));
        simulation.at(10, event("a", true));
        simulation.at(20, event("d", true));
        simulation.at(10, event("b", true));
        simulation.run();
        assertThat(happened).containsExactly("a at 10", "b at 10", "c at 20", "d at 20");
    }

    @Test
    void whatWasOvertakenIsNotCounted() {
        simulation.at(1, event("a", true));
        simulation.at(2, event("b", false));
        simulation.run();
        assertThat(simulation.events()).isEqualTo(1);
    }

    @Test
    void nothingIsScheduledInThePast() {
        simulation.at(5, event("a", true));
        simulation.run();
        assertThatThrownBy(() -> simulation.at(4, event("b", true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is past: it is 5 ns");
    }
}
