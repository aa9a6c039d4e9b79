/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    private static final BoundedPareto PARETO = new BoundedPareto(1.1, 1, 10_000);

    /** A moment of what is left below a cap is the integral of n x^(n-1) times the probability of more than x. */
    private static double integral(DoubleUnaryOperator above, int n, double cap) {
        double sum = 0;
        int steps = 200_000;
        for (int i = 0; i < steps; i++) {
            double x = cap * (i + 0.5) / steps;
            sum += n * Math.pow(x, n - 1) * above.applyAsDouble(x) * cap / steps;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1,0.5", "1,3", "1,200", "2,0.5", "2,3", "2,200", "3,40"})
    void cappedMomentsAreTheIntegralsOfTheTail(int n, double cap) {
        Exponential exponential = new Exponential(2);
        double expected = integral(x -> Math.exp(-x / 2), n, cap);
        assertThat(exponential.cappedMoment(n, cap)).isCloseTo(expected, within(1e-4 * expected));
        double ofPareto = integral(PARETO::above, n, cap);
        assertThat(PARETO.cappedMoment(n, cap)).isCloseTo(ofPareto, within(1e-3 * ofPareto));
    }

    @Test
    void withoutACapTheyAreTheMoments() {
        assertThat(new Exponential(3).mean()).isCloseTo(3, within(1e-12));
        assertThat(new Exponential(3).cappedMoment(2, Double.POSITIVE_INFINITY)).isCloseTo(18, within(1e-9));
        assertThat(PARETO.mean()).isCloseTo(6.621, within(1e-3));
        assertThat(PARETO.cappedMoment(2, Double.POSITIVE_INFINITY))
                .isEqualTo(PARETO.moment(2, 10_000))
                .isGreaterThan(PARETO.cappedMoment(2, 5_000));
    }

    @Test
    void exponentialJobsOfOneServerWaitAsKnown() {
        Traffic traffic = new Traffic(new Exponential(2), 1, 0.8);
        assertThat(traffic.meanGap()).isCloseTo(2.5, within(1e-12));
        assertThat(traffic.workFound(Double.POSITIVE_INFINITY)).isCloseTo(2 * 0.8 / 0.2, within(1e-9));
        assertThat(new ManyServers(1, 0.8).meanWait()).isCloseTo(0.8 / 0.2, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1,0.3", "2,0.5", "4,0.9", "10,0.9", "30,0.7"})
    void erlangsFormulaIsTheOneWithFactorials(int servers, double load) {
        double offered = servers * load;
        double idle = 0;
        for (int busy = 0; busy < servers; busy++) {
            idle += Math.pow(offered, busy) / CombinatoricsUtils.factorialDouble(busy);
        }
        double all = Math.pow(offered, servers) / CombinatoricsUtils.factorialDouble(servers) / (1 - load);
        assertThat(new ManyServers(servers, load).waitProbability()).isCloseTo(all / (idle + all), within(1e-12));
    }
}
