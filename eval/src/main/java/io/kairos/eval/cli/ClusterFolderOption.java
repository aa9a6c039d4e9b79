/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.ClusterFolder;
import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.Installation;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which cluster of this host a command is about. */
final class ClusterFolderOption {
    static final String NAME = "--out";

    @Option(
            names = NAME,
            paramLabel = "DIR",
            description = "Folder of the cluster and all its files (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("cluster-out");

    /** The folder, made if need be. */
    Path writable(CommandSpec spec) {
        Checks.plainPath(spec, NAME, out);
        Checks.writableFolder(spec, NAME, out);
        return out;
    }

    /**
     * The cluster that was started there.
     *
     * @throws IOException one line: there is none
     */
    DaemonCluster.Status started() throws IOException {
        return new DaemonCluster(folder(), Installation.ofThisProcess(), line -> {})
                .status()
                .orElseThrow(this::none);
    }

    /**
     * The cluster that runs there.
     *
     * @throws IOException one line: there is none, or all its daemons have ended
     */
    DaemonCluster.Status running() throws IOException {
        DaemonCluster.Status status = started();
        if (status.daemons().stream().noneMatch(DaemonCluster.State::runs)) {
            throw none();
        }
        return status;
    }

    private IOException none() {
        return new IOException(folder().path() + ": no cluster runs there, expected one of 'kairos cluster up'");
    }

    ClusterFolder folder() {
        return new ClusterFolder(out);
    }
}
