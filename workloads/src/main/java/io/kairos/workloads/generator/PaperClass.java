/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import io.kairos.workloads.model.JobClass;
import java.util.Locale;

/**
 * The five classes of the published experiment. Numbers of jobs, maps and reducers are published. Task durations are
 * not, only floating-point operations a record (0, 500, 500, 500, 1000). Our reading of them, in units of the smallest
 * task: work a record decides inside the short and inside the long group (0 against 500: 1 to 2, 500 against 1000: 1 to
 * 2), and tasks of the long group hold 14 times as much, which puts about 69 % of all work into the 5 % long jobs.
 */
enum PaperClass {
    SMALL_WITHOUT_OPERATIONS(31, 15, 15, 1, JobClass.SHORT),
    SMALL(31, 15, 15, 2, JobClass.SHORT),
    MEDIUM(33, 30, 30, 2, JobClass.SHORT),
    MEDIUM_LONG(2, 112, 60, 14, JobClass.LONG),
    LONG(3, 60, 60, 28, JobClass.LONG);

    private final int percent;
    private final int maps;
    private final int reducers;
    private final double taskDuration;
    private final JobClass jobClass;

    PaperClass(int percent, int maps, int reducers, double taskDuration, JobClass jobClass) {
        this.percent = percent;
        this.maps = maps;
        this.reducers = reducers;
        this.taskDuration = taskDuration;
        this.jobClass = jobClass;
    }

    /** Jobs of this class in a hundred. */
    int percent() {
        return percent;
    }

    int maps() {
        return maps;
    }

    int reducers() {
        return reducers;
    }

    /** Mean task duration in units of the smallest class. */
    double taskDuration() {
        return taskDuration;
    }

    JobClass jobClass() {
        return jobClass;
    }

    String label() {
        return this == SMALL_WITHOUT_OPERATIONS
                ? "small0"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
