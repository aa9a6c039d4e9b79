/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kairos.eval.metrics.JobRecord;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A figure that each job has, so that its distribution can be drawn. */
enum JobFigure {
    COMPLETION_TIME("completionTime", "completion time, s", " s"),
    SLOWDOWN("slowdown", "slowdown", " x time alone");

    private final String label;
    private final String axis;
    private final String unit;

    JobFigure(String label, String axis, String unit) {
        this.label = label;
        this.axis = axis;
        this.unit = unit;
    }

    /** The name in scenarios and files. */
    @JsonValue
    String label() {
        return label;
    }

    /** With its unit, for the axis of a chart. */
    String axis() {
        return axis;
    }

    /** What stands behind a value. */
    String unit() {
        return unit;
    }

    /**
     * The figure of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static JobFigure named(String label) {
        return Arrays.stream(values())
                .filter(figure -> figure.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown figure '" + label + "', expected one of "
                        + Arrays.stream(values()).map(JobFigure::label).collect(Collectors.joining(", "))));
    }

    double of(JobRecord job) {
        return switch (this) {
            case COMPLETION_TIME -> job.completionSeconds();
            case SLOWDOWN -> job.slowdown();
        };
    }
}
