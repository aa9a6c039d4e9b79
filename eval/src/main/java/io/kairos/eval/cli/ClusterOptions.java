/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.watch.ClusterAddresses;
import io.kairos.eval.watch.ClusterPages;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which running cluster a command looks at. */
final class ClusterOptions {
    private static final String DEFAULT = "http://localhost:8088";

    @Option(
            names = "--rm",
            paramLabel = "URL",
            description = "Web address of the ResourceManager (default: " + DEFAULT
                    + "); of all of them, with commas between, where there are several.")
    private @Nullable String resourceManagers;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Folder with the cluster's yarn-site.xml, which names the ResourceManagers, instead of --rm.")
    private @Nullable Path folder;

    /** The cluster, asked for nothing yet. */
    ClusterPages open(CommandSpec spec) {
        String rm = resourceManagers;
        Path conf = folder;
        if (rm != null && conf != null) {
            throw new ParameterException(spec.commandLine(), "--rm and --conf: expected one of them");
        }
        try {
            return new ClusterPages(
                    conf != null
                            ? ClusterAddresses.configuredIn(conf)
                            : ClusterAddresses.parse(rm == null ? DEFAULT : rm));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), (conf != null ? "--conf " : "--rm ") + String.valueOf(e.getMessage()));
        }
    }
}
