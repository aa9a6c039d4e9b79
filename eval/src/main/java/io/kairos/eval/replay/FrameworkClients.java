/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.daemons.HadoopRun;
import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.daemons.SparkSubmit;
import io.kairos.workloads.mix.Framework;
import io.kairos.workloads.mix.JobTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Submits each job by the client of its framework. */
public final class FrameworkClients implements JobClients {
    private final Path configuration;
    private final SparkSubmit spark;
    private final HadoopRun hadoop;

    /** @param configuration the cluster's configuration directory */
    public FrameworkClients(Path configuration, SparkSubmit spark, HadoopRun hadoop) {
        this.configuration = configuration;
        this.spark = spark;
        this.hadoop = hadoop;
    }

    @Override
    public JobClient client(JobTemplate job, List<String> tags) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        if (job.framework() == Framework.SPARK) {
            arguments.addAll(List.of("--conf", "spark.yarn.tags=" + String.join(",", tags)));
            arguments.addAll(job.options());
            arguments.addAll(job.job());
            return spark.client(configuration, arguments);
        }
        // Hadoop's own options follow the name of the job.
        arguments.add(job.job().get(0));
        arguments.add("-Dmapreduce.job.tags=" + String.join(",", tags));
        arguments.addAll(job.options());
        arguments.addAll(job.job().subList(1, job.job().size()));
        return hadoop.job(configuration, arguments);
    }
}
