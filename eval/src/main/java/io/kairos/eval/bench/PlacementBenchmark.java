/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Placement as nodes grow. Expected: the indexes hardly slower, the sort in proportion to the nodes and more. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class PlacementBenchmark {
    @Param({"10", "100", "1000", "5000", "10000"})
    public int nodes;

    @Param({"index", "victims", "sort"})
    public String subject;

    @Param("1")
    public long seed;

    private ChurnDriver driver;

    @Setup(Level.Trial)
    public void fill() {
        driver = new ChurnDriver(placer(), nodes, seed);
    }

    private ChurnDriver.Placer placer() {
        return switch (subject) {
            case "index" -> new IndexPlacer();
            case "victims" -> new VictimPlacer();
            default -> new SortingPlacer();
        };
    }

    @Benchmark
    public int decision() {
        return driver.cycle();
    }
}
