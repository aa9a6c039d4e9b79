/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import java.util.function.ToDoubleFunction;

/**
 * One metric: what it is called, what it says, and where its value comes from. Immutable.
 *
 * @param name as Hadoop's metrics are written: PausedTasks
 * @param kind whether it only ever grows
 * @param description one line, with the unit if it has one
 * @param value reads it off what it describes; whole numbers for a counter
 * @param <S> what it describes
 */
public record Metric<S>(String name, Kind kind, String description, ToDoubleFunction<? super S> value) {
    /** What a value may do between two readings. */
    public enum Kind {
        /** Grows, from 0 at the start of the daemon. */
        COUNTER,
        /** Goes up and down; a whole number. */
        GAUGE,
        /** Goes up and down. */
        MEASURE,
        /** Percentiles of the last minute, and how many values they are made of. */
        QUANTILES
    }

    public static <S> Metric<S> counter(String name, String description, ToDoubleFunction<? super S> value) {
        return new Metric<>(name, Kind.COUNTER, description, value);
    }

    public static <S> Metric<S> gauge(String name, String description, ToDoubleFunction<? super S> value) {
        return new Metric<>(name, Kind.GAUGE, description, value);
    }

    public static <S> Metric<S> measure(String name, String description, ToDoubleFunction<? super S> value) {
        return new Metric<>(name, Kind.MEASURE, description, value);
    }
}
