/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A workload whose task durations are relative yet: {@link #calibrate} brings them to the offered load.
 *
 * @param gaps time after each job until the next one, unscaled seconds; the last one closes the arrival span
 * @param jobs shapes in order of submission
 */
record Draft(ImmutableDoubleArray gaps, List<JobShape> jobs) {

    /**
     * One job before calibration.
     *
     * @param stages relative task durations
     */
    record JobShape(String name, JobClass jobClass, List<double[]> stages) {
        double work() {
            return stages.stream().mapToDouble(Draft::sum).sum();
        }
    }

    /**
     * Scales all durations by one factor, so that all work is load x slots x arrival span in each drawn workload, not
     * only on average: seeds can be compared, however heavy the tail. Times are then rounded to milliseconds (at least
     * one), which is what traces and emulated tasks resolve.
     */
    Workload calibrate(String name, long seed, GeneratorSettings settings) {
        double span = gaps.stream().sum() * settings.timeScale();
        double factor = settings.load() * settings.slots() * span / work();
        return workload(name, seed, factor, settings.timeScale());
    }

    /** Meets the offered load by scaling the gaps; durations are in seconds and only scaled by the factor on all times. */
    Workload pace(String name, long seed, GeneratorSettings settings) {
        double factor =
                work() / (settings.load() * settings.slots() * gaps.stream().sum());
        return workload(name, seed, settings.timeScale(), factor * settings.timeScale());
    }

    private double work() {
        return jobs.stream().mapToDouble(JobShape::work).sum();
    }

    private Workload workload(String name, long seed, double factor, double gapFactor) {
        List<Job> calibrated = new ArrayList<>(jobs.size());
        double submitTime = 0;
        for (int index = 0; index < jobs.size(); index++) {
            JobShape shape = jobs.get(index);
            calibrated.add(new Job(
                    index + 1, shape.name(), milliseconds(submitTime), shape.jobClass(), stages(shape, factor)));
            submitTime += gaps.get(index) * gapFactor;
        }
        return new Workload(name, seed, calibrated);
    }

    private static List<Stage> stages(JobShape shape, double factor) {
        return shape.stages().stream()
                .map(durations -> Arrays.stream(durations)
                        .map(duration -> Math.max(0.001, milliseconds(duration * factor)))
                        .toArray())
                .map(Stage::of)
                .toList();
    }

    private static double milliseconds(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
