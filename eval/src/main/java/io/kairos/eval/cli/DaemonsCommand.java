/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.Installation;
import io.kairos.eval.files.FolderInUseException;
import io.kairos.eval.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command that changes a cluster of this host; one at a time in a folder. */
abstract class DaemonsCommand extends ConsoleCommand {
    @Mixin
    ClusterFolderOption cluster;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DaemonsCommand(Console console) {
        super(console);
    }

    /** The cluster of the folder, whether or not there is one. */
    final DaemonCluster open() {
        return new DaemonCluster(cluster.folder(), Installation.ofThisProcess(), this::tell);
    }

    /** Does it while no other process changes the cluster; where there is no folder there is nobody either. */
    final int alone(Change change) throws IOException, InterruptedException {
        Path folder = cluster.folder().path();
        if (!Files.isDirectory(folder)) {
            return change.make(open());
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            return change.make(open());
        } catch (FolderInUseException e) {
            throw new ParameterException(spec.commandLine(), ClusterFolderOption.NAME + ": " + e.getMessage(), e);
        }
    }

    /** What is done to the cluster; returns the exit status. */
    interface Change {
        int make(DaemonCluster cluster) throws IOException, InterruptedException;
    }
}
