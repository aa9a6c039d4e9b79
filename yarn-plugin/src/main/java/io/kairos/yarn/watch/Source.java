/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.metrics2.MetricsCollector;
import org.apache.hadoop.metrics2.MetricsRecordBuilder;
import org.apache.hadoop.metrics2.MetricsSource;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.metrics2.lib.Interns;

/**
 * A source of Hadoop's metrics system, read when it is asked: JMX, the endpoint /prom and every sink an admin sets up. Registered
 * as long as it is open. Thread-safe.
 *
 * @param <S> what the metrics describe, read once for all of them
 */
public final class Source<S> implements MetricsSource, AutoCloseable {
    private final String record;
    private final Supplier<String> node;
    private final List<Metric<S>> metrics;
    private final List<Quantiles> quantiles;
    private final Supplier<S> subject;
    private final UniqueName name;

    private Source(
            String record,
            Supplier<String> node,
            List<Metric<S>> metrics,
            List<Quantiles> quantiles,
            Supplier<S> subject) {
        this.record = record;
        this.node = node;
        this.metrics = metrics;
        this.quantiles = quantiles;
        this.subject = subject;
        this.name = UniqueName.of(record);
    }

    /**
     * Registers a source.
     *
     * @param record name of the source and of its record; another one of this name in the same process gets a number
     * @param node the node it speaks of, as a tag; empty for none
     * @param quantiles percentiles beside the metrics; closed with the source
     */
    public static <S> Source<S> open(
            String record,
            String description,
            Supplier<String> node,
            List<Metric<S>> metrics,
            List<Quantiles> quantiles,
            Supplier<S> subject) {
        Source<S> source = new Source<>(record, node, metrics, quantiles, subject);
        // With its type named: the other method of this name takes sinks.
        DefaultMetricsSystem.instance().<Source<S>>register(source.name.text(), description, source);
        return source;
    }

    @Override
    public void getMetrics(MetricsCollector collector, boolean all) {
        MetricsRecordBuilder builder = collector.addRecord(record).setContext("yarn");
        String tag = node.get();
        if (!tag.isEmpty()) {
            builder.tag(Interns.info("NodeId", "The node"), tag);
        }
        S now = subject.get();
        for (Metric<S> metric : metrics) {
            double value = metric.value().applyAsDouble(now);
            var info = Interns.info(metric.name(), metric.description());
            switch (metric.kind()) {
                case COUNTER -> builder.addCounter(info, (long) value);
                case GAUGE -> builder.addGauge(info, (long) value);
                case MEASURE -> builder.addGauge(info, value);
                case QUANTILES -> {} // below
            }
        }
        quantiles.forEach(values -> values.snapshot(builder));
    }

    @Override
    public void close() {
        DefaultMetricsSystem.instance().unregisterSource(name.text());
        quantiles.forEach(Quantiles::close);
        name.close();
    }
}
