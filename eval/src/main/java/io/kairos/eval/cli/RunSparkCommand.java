/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.Installation;
import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.daemons.Libraries;
import io.kairos.eval.daemons.SparkSubmit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kairos run spark}. */
@Command(
        name = "spark",
        description = {
            "Runs spark-submit of Spark 3.5.5 on a cluster of this host, with all that follows as its arguments:",
            "  kairos run spark [OPTION...] JOB [ARG...]   a job of this project, such as pi",
            "  kairos run spark [OPTION...] FILE.jar [ARG...]",
            "Options of this command come first."
        })
final class RunSparkCommand extends ClientCommand {
    RunSparkCommand(Console console) {
        super(console);
    }

    @Override
    JobClient client(DaemonCluster.Status running, Libraries libraries, List<String> arguments)
            throws IOException, InterruptedException {
        return new SparkSubmit(Installation.ofThisProcess(), libraries)
                .client(Path.of(running.configuration()), arguments);
    }
}
