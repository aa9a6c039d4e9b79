/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SparkDefaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The memory of a usual task, as YARN would give it.
 *
 * @param megabytes rounded up as YARN does, mebibytes
 * @param source what says so
 */
record TaskSize(long megabytes, String source) {
    private static final String MAP_MEMORY = "mapreduce.map.memory.mb";
    private static final String REDUCE_MEMORY = "mapreduce.reduce.memory.mb";
    private static final String MASTER_MEMORY = "yarn.app.mapreduce.am.resource.mb";
    private static final int USUAL_MAPREDUCE_MB = 1024;

    /** What Spark adds to an executor's memory, as a part of it and at least. */
    private static final double OVERHEAD = 0.1;

    private static final long LEAST_OVERHEAD_MB = 384;

    /** The largest of those that files speak of: the memory must do for them. */
    static TaskSize largest(Patient patient, NodePlan plan) {
        List<TaskSize> sizes = new ArrayList<>();
        sizes.add(new TaskSize(plan.leastTaskMb(), "yarn.scheduler.minimum-allocation-mb"));
        if (patient.files().mapred().isPresent()) {
            for (String key : List.of(MAP_MEMORY, REDUCE_MEMORY)) {
                int memory =
                        NodePlan.number(key, USUAL_MAPREDUCE_MB, patient.files().tasks());
                sizes.add(new TaskSize(rounded(plan, memory > 0 ? memory : USUAL_MAPREDUCE_MB), key));
            }
        }
        patient.files()
                .spark()
                .value()
                .flatMap(spark -> container(spark, "spark.executor.memory", "1g", "spark.executor.memoryOverhead"))
                .ifPresent(megabytes ->
                        sizes.add(new TaskSize(rounded(plan, megabytes), "spark.executor.memory with its overhead")));
        return sizes.stream().max(Comparator.comparingLong(TaskSize::megabytes)).orElseThrow();
    }

    /** The largest master that files speak of. */
    static TaskSize master(Patient patient, NodePlan plan) {
        List<TaskSize> sizes = new ArrayList<>();
        sizes.add(new TaskSize(plan.leastTaskMb(), "yarn.scheduler.minimum-allocation-mb"));
        Configuration tasks = patient.files().tasks();
        if (patient.files().mapred().isPresent()) {
            sizes.add(new TaskSize(rounded(plan, NodePlan.number(MASTER_MEMORY, 1536, tasks)), MASTER_MEMORY));
        }
        patient.files()
                .spark()
                .value()
                .flatMap(spark -> spark.get("spark.submit.deployMode", "client").equals("cluster")
                        ? container(spark, "spark.driver.memory", "1g", "spark.driver.memoryOverhead")
                        : container(spark, "spark.yarn.am.memory", "512m", "spark.yarn.am.memoryOverhead"))
                .ifPresent(megabytes -> sizes.add(new TaskSize(rounded(plan, megabytes), "Spark's master")));
        return sizes.stream().max(Comparator.comparingLong(TaskSize::megabytes)).orElseThrow();
    }

    private static Optional<Long> container(SparkDefaults spark, String key, String otherwise, String overheadKey) {
        return spark.mebibytes(key, otherwise).map(memory -> {
            long usual = Math.max(LEAST_OVERHEAD_MB, (long) (memory * OVERHEAD));
            return memory + spark.mebibytes(overheadKey, Long.toString(usual)).orElse(usual);
        });
    }

    private static long rounded(NodePlan plan, long megabytes) {
        long least = plan.leastTaskMb();
        return (megabytes + least - 1) / least * least;
    }
}
