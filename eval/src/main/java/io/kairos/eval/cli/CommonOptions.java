/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.files.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every command that does something takes. */
final class CommonOptions {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private @Nullable HelpOption help;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON to this file.")
    private @Nullable Path json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}); no effect where nothing is.")
    private long seed = 1;

    long seed() {
        return seed;
    }

    /** Fails now rather than after minutes of work if the JSON file cannot be written. */
    void check(CommandSpec spec) {
        Path file = json;
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), "--json " + file + ": expected a file in a folder that exists");
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new ParameterException(
                    spec.commandLine(), "--json " + file + ": expected a file that can be written");
        }
    }

    /** Writes the result if it was asked for. */
    void writeJson(Object result) throws IOException {
        if (json != null) {
            ResultsFile.writeJson(result, json);
        }
    }
}
