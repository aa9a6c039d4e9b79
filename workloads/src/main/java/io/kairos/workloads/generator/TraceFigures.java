/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

/**
 * What the jobs of a production trace look like: the figures that {@link TraceLikeGenerator} draws by. Times in seconds.
 *
 * @param name of the workload
 * @param slots of the cluster that the numbers of tasks are for
 * @param cutoff between the mean tasks of short and of long jobs
 */
record TraceFigures(String name, int slots, double cutoff, ShortJobs shortJobs, LongJobs longJobs) {

    /**
     * Calibrated to what was measured on a slice of the trace, 2,910 jobs: 9.5 % long jobs with 98.5 % of the work, and the
     * percentiles of tasks, of their durations and of their variation within a job. A load of 0.807 makes the gaps 8.87 s in the
     * mean, as in the slice. Ten of its 2,634 short jobs have 210 to 1,324 tasks of 6 to 90 s, all about as often, and a fifth of the
     * short jobs' work. Each job is drawn by itself: the logarithm of the work of a job and of those after it is not correlated there
     * (below 0.05 at 1 to 200 jobs' distance).
     */
    static final TraceFigures YAHOO = new TraceFigures(
            "yahoo",
            4_000,
            90.5811,
            new ShortJobs(20.7, 0.0067, 350, 19),
            new LongJobs(0.095, 15, 0.4, 545, 800, 3_000));

    /**
     * Calibrated to 5.02 % long jobs with 92.79 % of the work and a cutoff of 272.783 s. No percentiles are known. The shape is that
     * of {@link #YAHOO}: short jobs lie as far below the cutoff, the longest long ones are 3.75 times as long, and tasks
     * vary within a job as much. Long jobs are wider, which is what gives them their share of the work. Of wide short jobs nothing is
     * known, and there are none.
     */
    static final TraceFigures CLOUDERA = new TraceFigures(
            "cloudera",
            15_000,
            272.783,
            new ShortJobs(73, 0, 0, 57.2),
            new LongJobs(0.0502, 50, 0.75, 1_000, 710, 2_660));

    /**
     * Calibrated to 2.01 % long jobs with 99.79 % of the work and a cutoff of 76.5951 s; the shape as with {@link #CLOUDERA}. Most
     * short jobs are a single task. The trace is of a cluster with so many slots that some thousand jobs are over before its
     * load settles: the numbers of tasks are for 4,000.
     */
    static final TraceFigures FACEBOOK = new TraceFigures(
            "facebook", 4_000, 76.5951, new ShortJobs(1.4, 0, 0, 16), new LongJobs(0.0201, 5, 0.667, 860, 680, 2_550));

    /**
     * Short jobs are narrow, but for very few.
     *
     * @param narrowTasks mean number of tasks, exponential
     * @param wideShare share of the short jobs that is wide; 0: none is
     * @param wideTasks mean number of tasks, exponential; the mean duration of their tasks is uniform below the cutoff
     * @param scale of the mean duration of a narrow job's tasks, which is exponential and below the cutoff
     */
    record ShortJobs(double narrowTasks, double wideShare, double wideTasks, double scale) {}

    /**
     * Long jobs are narrow or wide, and few of them by far the longest.
     *
     * @param share of all jobs
     * @param narrowTasks mean number of tasks, exponential
     * @param wideShare share of the long jobs that is wide
     * @param wideTasks mean number of tasks, exponential
     * @param scale of what the mean duration of a job's tasks has beyond the cutoff, exponential
     * @param longestScale the same of the longest ones
     */
    record LongJobs(
            double share, double narrowTasks, double wideShare, double wideTasks, double scale, double longestScale) {}
}
