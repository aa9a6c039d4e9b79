/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarksTest {
    private static final BenchRow.Micros MICROS = new BenchRow.Micros(0.5, 1.25);

    @Test
    void bothPlacersChooseTheSameNodes() {
        ChurnDriver index = new ChurnDriver(new IndexPlacer(), 50, 3);
        ChurnDriver sort = new ChurnDriver(new SortingPlacer(), 50, 3);
        for (int i = 0; i < 2_000; i++) {
            assertThat(index.cycle()).isEqualTo(sort.cycle());
        }
    }

    @Test
    void aCycleOfTheNodeTierKeepsItsTasks() {
        NodeBenchmark benchmark = new NodeBenchmark();
        benchmark.tasks = 40;
        benchmark.fill();
        for (int i = 0; i < 2_000; i++) {
            assertThat(benchmark.decision()).isNotNull();
        }
    }

    @Test
    void theTableShowsTheGrowth() {
        List<String> lines = BenchTable.lines(new BenchResult(
                "placement",
                "here",
                List.of(
                        new BenchRow("index", 10, null, 4e6, MICROS),
                        new BenchRow("index", 10_000, null, 1e6, MICROS))));
        assertThat(lines.get(2)).contains("4,000,000").endsWith("x1.0");
        assertThat(lines.get(3)).contains("10,000").endsWith("x4.0");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
