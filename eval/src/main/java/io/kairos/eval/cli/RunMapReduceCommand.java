/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.HadoopRun;
import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.daemons.Libraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kairos run mapreduce}. */
@Command(
        name = "mapreduce",
        description = {
            "Runs a MapReduce job on a cluster of this host, as 'mapred jar' does:",
            "  kairos run mapreduce EXAMPLE [ARG...]       of Hadoop's examples, such as pi 4 1000",
            "  kairos run mapreduce FILE.jar [CLASS] [ARG...]",
            "Options of this command come first."
        })
final class RunMapReduceCommand extends ClientCommand {
    RunMapReduceCommand(Console console) {
        super(console);
    }

    @Override
    JobClient client(DaemonCluster.Status running, Libraries libraries, List<String> arguments)
            throws IOException, InterruptedException {
        return new HadoopRun(running.settings().release(), libraries).job(Path.of(running.configuration()), arguments);
    }
}
