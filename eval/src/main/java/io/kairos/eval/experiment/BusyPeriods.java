/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The jobs of an endless run, drawn in batches that each begin and end with all servers idle. What waits and what is served at such a moment is
 * nothing, whatever came before: so the batches can be simulated one after the other, in the memory of one, and come to exactly what the
 * run in one piece would. There is nothing to warm up and no job is cut off, and batches are independent and alike, which is what an
 * interval of confidence asks for (regenerative simulation).
 *
 * <p>When all servers are idle does not depend on the discipline, as long as no server idles while a job waits: with one server it never
 * does, with several the batches are for first come, first served.
 *
 * <p>Of each batch it is also known by how much it happened to be heavier than its kind, see {@link Batch#deviations}. Not thread-safe.
 */
final class BusyPeriods {
    private final Traffic traffic;
    private final SplittableRandom random;
    private final double meanSize;
    private final double meanGap;
    private final double meanFound;
    /** When each server has done all that came so far. */
    private final double[] doneAt;

    BusyPeriods(Traffic traffic, SplittableRandom random) {
        this.traffic = traffic;
        this.random = random;
        this.meanSize = traffic.sizes().mean();
        this.meanGap = traffic.meanGap();
        this.meanFound = traffic.workFound(Double.POSITIVE_INFINITY);
        this.doneAt = new double[traffic.servers()];
    }

    /**
     * Jobs from one moment at which all servers idle to another one.
     *
     * @param deviations sums over the jobs of what differs from its known mean, each 0 in the mean of many batches: the gap to the next
     *     job, the job's size, and the work that it finds before it if the servers work as one. Work cut down to less than the longest
     *     jobs was tried beside them: it explains more of the batches there are and foretells less of others
     */
    record Batch(Workload workload, ImmutableDoubleArray deviations) {}

    /** The next so many jobs, and then as many as come until all servers are idle. */
    Batch draw(int least) {
        List<Job> jobs = new ArrayList<>(least);
        Arrays.fill(doneAt, 0);
        double submit = 0;
        double found = 0;
        double[] deviations = new double[3];
        boolean idle = false;
        while (jobs.size() < least || !idle) {
            double size = traffic.sizes().draw(random);
            double gap = -StrictMath.log1p(-random.nextDouble()) * meanGap;
            jobs.add(new Job(jobs.size() + 1, "job", submit, JobClass.SHORT, List.of(Stage.of(size))));
            deviations[0] += gap - meanGap;
            deviations[1] += size - meanSize;
            deviations[2] += found - meanFound;
            found = Math.max(0, found + size - doneAt.length * gap);
            serve(submit, size);
            submit += gap;
            idle = isIdleAt(submit);
        }
        return new Batch(new Workload("theory", 0, jobs), ImmutableDoubleArray.copyOf(deviations));
    }

    private void serve(double submit, double size) {
        int first = 0;
        for (int server = 1; server < doneAt.length; server++) {
            if (doneAt[server] < doneAt[first]) {
                first = server;
            }
        }
        doneAt[first] = Math.max(doneAt[first], submit) + size;
    }

    private boolean isIdleAt(double moment) {
        for (double done : doneAt) {
            if (done > moment) {
                return false;
            }
        }
        return true;
    }
}
