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

/** {@code kairos run hadoop}. */
@Command(
        name = "hadoop",
        description = {
            "Runs one of Hadoop's own programs for a cluster of this host, as 'yarn' or 'hadoop' does:",
            "  kairos run hadoop PROGRAM [ARG...]   application, container, fs, logs, node, queue or rmadmin",
            "Options of this command come first."
        })
final class RunHadoopCommand extends ClientCommand {
    RunHadoopCommand(Console console) {
        super(console);
    }

    @Override
    JobClient client(DaemonCluster.Status running, Libraries libraries, List<String> arguments)
            throws IOException, InterruptedException {
        return new HadoopRun(running.settings().release(), libraries)
                .program(Path.of(running.configuration()), arguments);
    }
}
