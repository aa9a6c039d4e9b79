/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Seconds;
import java.util.regex.Pattern;

/** The two kinds of seconds that traces hold, as text. */
enum TimeKind {
    /** A point in time, counted from the start of the trace. */
    INSTANT("at least 0"),
    /** A span, which is never empty. */
    DURATION("above 0");

    // Stricter than Double.parseDouble, which also takes hexadecimal numbers and type suffixes.
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final String lowerBound;

    TimeKind(String lowerBound) {
        this.lowerBound = lowerBound;
    }

    /** The seconds; NaN if the field holds no usable number. */
    double parse(String field) {
        double value = NUMBER.matcher(field).matches() ? Double.parseDouble(field) : Double.NaN;
        return isUsable(value) ? value : Double.NaN;
    }

    /** False for NaN, too. */
    boolean isUsable(double seconds) {
        boolean aboveLowerBound = this == INSTANT ? seconds >= 0 : seconds > 0;
        return aboveLowerBound && seconds <= Seconds.LONGEST;
    }

    /** What an error says was expected. */
    String expected(String what) {
        return "the " + what + " as a number of seconds, " + lowerBound + " and at most ten years";
    }
}
