/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import io.kairos.yarn.watch.Metric.Kind;
import org.apache.hadoop.metrics2.MetricsRecordBuilder;
import org.apache.hadoop.metrics2.lib.MetricsRegistry;
import org.apache.hadoop.metrics2.lib.MutableQuantiles;

/** Percentiles of what was measured in the last whole minute, as Hadoop makes them. Thread-safe. */
public final class Quantiles implements AutoCloseable {
    private static final int INTERVAL_SECONDS = 60;

    private final MutableQuantiles values;

    /**
     * @param name of what is measured: Pause60s
     * @param description one line
     * @param unit of the values, as it ends the metrics' names: LengthMs
     */
    public Quantiles(String name, String description, String unit) {
        values = new MetricsRegistry(name).newQuantiles(name, description, "Ops", unit, INTERVAL_SECONDS);
    }

    /** Takes one value, in the unit of the name. */
    public void add(long value) {
        values.add(value);
    }

    void snapshot(MetricsRecordBuilder record) {
        values.snapshot(record, true);
    }

    /** A row of the table of metrics for such percentiles. */
    public static <S> Metric<S> row(String name, String unit, String description) {
        return new Metric<>(
                name + "NumOps, " + name + "50thPercentile" + unit + ", ...75th..., 90th, 95th, 99th",
                Kind.QUANTILES,
                description,
                subject -> Double.NaN);
    }

    /** Ends the turn of the minutes. */
    @Override
    public void close() {
        values.stop();
    }
}
