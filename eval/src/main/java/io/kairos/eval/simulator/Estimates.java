/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well a scheduler that asks for estimates is told the mean task duration of jobs: times a factor, the same for all or drawn for each
 * job, uniform in a range. Which class it takes a job for follows from what it is told. Immutable.
 */
final class Estimates {
    static final Estimates EXACT = new Estimates(1, 1);

    private static final double LEAST = 0.001;
    private static final double MOST = 1_000;
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?)(?:\\.\\.(\\d{1,4}(?:\\.\\d{1,4})?))?");

    private final double least;
    private final double most;

    private Estimates(double least, double most) {
        this.least = least;
        this.most = most;
    }

    /**
     * Reads a factor, as in 1.5, or a range of them, as in 0.1..10.
     *
     * @throws IllegalArgumentException if it is neither; its one line says what was expected
     */
    static Estimates parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            double least = Double.parseDouble(matcher.group(1));
            String upper = matcher.group(2);
            double most = upper == null ? least : Double.parseDouble(upper);
            if (least >= LEAST && least <= most && most <= MOST) {
                return new Estimates(least, most);
            }
        }
        throw new IllegalArgumentException("estimate=" + text + ": expected a factor from " + LEAST + " to " + MOST
                + ", or LEAST..MOST, as in 0.1..10");
    }

    boolean areExact() {
        return least == 1 && most == 1;
    }

    /** The factor for a job; the same for the same job and seed. */
    double factor(Job job, long seed) {
        if (least == most) {
            return least;
        }
        // A stream of its own for each job, so that jobs do not depend on the order in which they are asked for.
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + job.id());
        return random.nextDouble(least, most);
    }

    /** Jobs with a mean task from this on are long, as far as what is told can tell: the least mean of a long job, seconds. */
    static double leastLongSeconds(Workload workload) {
        return workload.jobs().stream()
                .filter(job -> job.jobClass() == JobClass.LONG)
                .mapToDouble(Job::meanTaskSeconds)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
