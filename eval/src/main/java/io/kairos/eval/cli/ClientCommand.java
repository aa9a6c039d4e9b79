/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.Installation;
import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.daemons.Libraries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A command that runs a client of a cluster of this host; input and output are the client's, and so is the exit status. */
abstract class ClientCommand extends ConsoleCommand {
    @Mixin
    private ClusterFolderOption cluster;

    @Parameters(paramLabel = "ARG", description = "The job and what it takes.")
    private List<String> arguments = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ClientCommand(Console console) {
        super(console);
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        common.check(spec);
        Libraries libraries = new Libraries(Installation.ofThisProcess(), this::tell);
        long start = System.nanoTime();
        int status = client(libraries).run();
        common.writeJson(new Outcome(status, (System.nanoTime() - start) / 1e9));
        return status;
    }

    private JobClient client(Libraries libraries) throws IOException, InterruptedException {
        try {
            return client(cluster.running(), libraries, List.copyOf(arguments));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException one line: what is missing among the arguments */
    abstract JobClient client(DaemonCluster.Status running, Libraries libraries, List<String> arguments)
            throws IOException, InterruptedException;

    private record Outcome(int exitStatus, double seconds) {}
}
