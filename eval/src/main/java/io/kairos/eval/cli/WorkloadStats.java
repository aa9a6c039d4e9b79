/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.report.Lines;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a workload holds; times in seconds.
 *
 * @param arrivalSpanSeconds from the first submission to the last
 * @param longShareOfService share of all service that is the long jobs'
 * @param topTenthShareOfService share of all service that is that of the tenth of the jobs that has most of it
 * @param jobMeanTaskSeconds mean task duration of a job
 * @param tasksWithinJob how the tasks of one job vary; null if no job has enough of them to tell
 * @param serviceCorrelation whether large jobs come close together; null if there are too few jobs to tell, or all are as large
 * @param slots of the cluster that the load is offered to; null if none was named
 * @param offeredLoad all service over the time that the slots have while jobs arrive; null without a cluster, or if all jobs
 *     arrive at once
 */
record WorkloadStats(
        String name,
        int jobs,
        long longJobs,
        int tasks,
        double serviceSeconds,
        double arrivalSpanSeconds,
        double longShareOfService,
        double topTenthShareOfService,
        Spread taskSeconds,
        Spread jobServiceSeconds,
        Spread jobMeanTaskSeconds,
        Spread tasksPerJob,
        @Nullable WithinJob tasksWithinJob,
        @Nullable Correlation serviceCorrelation,
        @Nullable Integer slots,
        @Nullable Double offeredLoad) {

    /** With fewer tasks, a job's coefficient of variation says little about what they were drawn from. */
    private static final int ENOUGH_TASKS = 5;

    private static final int LATER = 10;
    /** What rounding leaves where all values are the same. */
    private static final double SMALLEST_VARIANCE = 1e-12;

    private static final int ENOUGH_JOBS = 2 * LATER;
    private static final int NAME_WIDTH = 40;

    /** Figures of one sample; percentiles as in {@link Distribution}. The variation is standard deviation over mean. */
    record Spread(double p50, double p90, double p99, double mean, double max, double variation) {
        /** Sorts the values, of which there is at least one. */
        static Spread of(double[] values) {
            Arrays.sort(values);
            double mean = Arrays.stream(values).sum() / values.length;
            return new Spread(
                    Distribution.percentile(values, 50),
                    Distribution.percentile(values, 90),
                    Distribution.percentile(values, 99),
                    mean,
                    values[values.length - 1],
                    WorkloadStats.variation(values, 0, values.length, mean));
        }
    }

    /**
     * Coefficients of variation of the tasks of one job.
     *
     * @param jobs that have enough tasks
     */
    record WithinJob(int jobs, double p10, double p50, double p90) {}

    /**
     * Autocorrelation of the logarithm of the jobs' service in order of submission: 0 where each job is drawn by itself.
     *
     * @param next of a job and the next one
     * @param tenth of a job and the tenth after it
     */
    record Correlation(double next, double tenth) {}

    /** Without a load, for there is no cluster. */
    static WorkloadStats of(Workload workload) {
        return of(workload, null);
    }

    /** With the load that it offers to a cluster of that many slots. */
    static WorkloadStats of(Workload workload, @Nullable Integer slots) {
        // A workload may have millions of tasks: they stand in one array, in order of their jobs until that is sorted.
        double[] tasks = new double[workload.taskCount()];
        int jobs = workload.jobs().size();
        double[] services = new double[jobs];
        double[] means = new double[jobs];
        double[] counts = new double[jobs];
        double[] variations = new double[jobs];
        int varied = 0;
        int end = 0;
        for (int i = 0; i < jobs; i++) {
            int begin = end;
            end = copyTasks(workload.jobs().get(i), tasks, begin);
            counts[i] = end - begin;
            services[i] = sum(tasks, begin, end);
            means[i] = services[i] / counts[i];
            if (counts[i] >= ENOUGH_TASKS) {
                variations[varied++] = variation(tasks, begin, end, means[i]);
            }
        }
        double service = workload.serviceSeconds();
        double span = workload.lastSubmitTime() - workload.jobs().get(0).submitTime();
        Correlation correlation = correlation(services);
        Spread jobService = Spread.of(services);
        return new WorkloadStats(
                workload.name(),
                jobs,
                workload.jobs().stream()
                        .filter(job -> job.jobClass() == JobClass.LONG)
                        .count(),
                tasks.length,
                service,
                span,
                workload.serviceSeconds(JobClass.LONG) / service,
                // Sorted by now.
                sum(services, jobs - (jobs + 9) / 10, jobs) / service,
                Spread.of(tasks),
                jobService,
                Spread.of(means),
                Spread.of(counts),
                withinJob(Arrays.copyOf(variations, varied)),
                correlation,
                slots,
                slots == null || span == 0 ? null : service / (slots * spanWithLastGap(span, jobs)));
    }

    /** The jobs stand for a stream that goes on: the last one is followed by a gap too, as long as the others in the mean. */
    private static double spanWithLastGap(double span, int jobs) {
        return span * jobs / (jobs - 1);
    }

    /** Returns the place behind the last one. */
    private static int copyTasks(Job job, double[] tasks, int begin) {
        int next = begin;
        for (Stage stage : job.stages()) {
            for (int task = 0; task < stage.taskCount(); task++) {
                tasks[next++] = stage.duration(task);
            }
        }
        return next;
    }

    private static double sum(double[] values, int begin, int end) {
        return Arrays.stream(values, begin, end).sum();
    }

    private static double variation(double[] values, int begin, int end, double mean) {
        double squares = 0;
        for (int i = begin; i < end; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / (end - begin)) / mean;
    }

    private static @Nullable WithinJob withinJob(double[] variations) {
        if (variations.length == 0) {
            return null;
        }
        Arrays.sort(variations);
        return new WithinJob(
                variations.length,
                Distribution.percentile(variations, 10),
                Distribution.percentile(variations, 50),
                Distribution.percentile(variations, 90));
    }

    private static @Nullable Correlation correlation(double[] services) {
        double[] logarithms = Arrays.stream(services).map(Math::log).toArray();
        double mean = sum(logarithms, 0, logarithms.length) / logarithms.length;
        double variance = products(logarithms, mean, 0);
        if (services.length < ENOUGH_JOBS || variance < SMALLEST_VARIANCE * services.length) {
            return null;
        }
        return new Correlation(products(logarithms, mean, 1) / variance, products(logarithms, mean, LATER) / variance);
    }

    /** Of the deviations of each value and of the one so many places later, summed. */
    private static double products(double[] values, double mean, int later) {
        double sum = 0;
        for (int i = later; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - later] - mean);
        }
        return sum;
    }

    /** As text of at most 80 columns. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(Lines.wrap(
                String.format(
                        Locale.ROOT,
                        "%s: %d jobs (%d long), %d tasks, %.1f s of service, arrivals over %.1f s",
                        Lines.clipFront(name, NAME_WIDTH),
                        jobs,
                        longJobs,
                        tasks,
                        serviceSeconds,
                        arrivalSpanSeconds),
                "  "));
        lines.addAll(Lines.wrap(
                String.format(
                        Locale.ROOT,
                        "long jobs hold %.1f %% of the service, the tenth of the jobs with most of it %.1f %%",
                        100 * longShareOfService,
                        100 * topTenthShareOfService),
                "  "));
        if (offeredLoad != null) {
            lines.add(String.format(Locale.ROOT, "offered load %.3f on %,d slots", offeredLoad, slots));
        }
        lines.add(String.format("%-20s%10s%10s%10s%10s%10s%10s", "", "p50", "p90", "p99", "mean", "max", "CV"));
        lines.add(row("task duration, s", taskSeconds));
        lines.add(row("mean task of job, s", jobMeanTaskSeconds));
        lines.add(row("service of a job, s", jobServiceSeconds));
        lines.add(row("tasks of a job", tasksPerJob));
        if (tasksWithinJob != null) {
            lines.add(Lines.format(
                    "CV of the tasks within a job: %.2f (p10), %.2f (p50), %.2f (p90)",
                    tasksWithinJob.p10(), tasksWithinJob.p50(), tasksWithinJob.p90()));
            lines.add(Lines.format("  of the %,d jobs that have %d or more", tasksWithinJob.jobs(), ENOUGH_TASKS));
        }
        if (serviceCorrelation != null) {
            lines.add(Lines.format(
                    "correlation of log service: with the next job %.2f, with the %dth after %.2f",
                    serviceCorrelation.next(), LATER, serviceCorrelation.tenth()));
        }
        return lines;
    }

    private static String row(String title, Spread figures) {
        return String.format(
                "%-20s%10s%10s%10s%10s%10s%10s",
                title,
                number(figures.p50()),
                number(figures.p90()),
                number(figures.p99()),
                number(figures.mean()),
                number(figures.max()),
                number(figures.variation()));
    }

    /** At most nine characters. */
    private static String number(double value) {
        return Lines.format(value < 999.995 ? "%.2f" : value < 9_999_999 ? "%,.0f" : "%.2e", value);
    }
}
