/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What decides between nodes with equally few tasks. Each gives a node a score; the lowest score goes first. Immutable, so
 * thread-safe.
 */
public enum TieBreak {
    /**
     * The node whose tasks' attained service varies least: a new task spreads it most there, and least attained service
     * works best where short and long tasks meet. The published rule and the default. The published code compares the
     * standard deviation, which is the same order: {@code standard-deviation} is another name of this constant.
     */
    VARIANCE("variance"),

    /** The node whose tasks have attained least service in total (mean times tasks). */
    SUM("sum"),

    /** The node that runs the task with least attained service. */
    YOUNGEST("youngest"),

    /** The node that runs the task with most attained service: it is the one a new task preempts at least harm. */
    OLDEST("oldest"),

    /**
     * The node on which whoever gives way has most work left, and so can best wait. The score is its owner's,
     * {@link PlacementIndex#score(Comparable, double)}; see {@link Residents}.
     */
    WORK_LEFT("work-left"),

    /** The node that was given a task longest ago; one that never was goes first. */
    ROUND_ROBIN("round-robin"),

    /** Any of them, equally likely, from the index's seed. */
    RANDOM("random");

    /** What users may also call {@link #VARIANCE}. */
    private static final String STANDARD_DEVIATION = "standard-deviation";

    private final String userName;

    TieBreak(String userName) {
        this.userName = userName;
    }

    /** The name in configuration files and on the command line. */
    public String userName() {
        return userName;
    }

    /**
     * The tie-break of this name, in upper or lower case.
     *
     * @throws IllegalArgumentException when there is none; its one line lists the names there are
     */
    public static TieBreak named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals(STANDARD_DEVIATION)) {
            return VARIANCE;
        }
        for (TieBreak tieBreak : values()) {
            if (tieBreak.userName.equals(wanted)) {
                return tieBreak;
            }
        }
        throw new IllegalArgumentException("unknown tie-break '" + name + "': expected one of "
                + Arrays.stream(values()).map(TieBreak::userName).collect(Collectors.joining(", ")) + ", "
                + STANDARD_DEVIATION);
    }

    /** Whether the score comes from what nodes report, so that it may be unknown. */
    public boolean readsReports() {
        return switch (this) {
            case VARIANCE, SUM, YOUNGEST, OLDEST -> true;
            case WORK_LEFT, ROUND_ROBIN, RANDOM -> false;
        };
    }

    /** The score that a report gives its node; 0 where reports are not read. */
    double score(ServiceReport report) {
        double score =
                switch (this) {
                    case VARIANCE -> report.variance();
                    case SUM -> report.mean() * report.tasks();
                    case YOUNGEST -> report.leastRunning();
                    case OLDEST -> -report.mostRunning();
                    case WORK_LEFT, ROUND_ROBIN, RANDOM -> 0;
                };
        // Makes 0.0 of -0.0: they are one score, yet Double.compare tells them apart.
        return score + 0.0;
    }
}
