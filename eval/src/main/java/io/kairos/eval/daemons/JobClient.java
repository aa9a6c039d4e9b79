/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A client of a cluster, a process of its own.
 *
 * @param command the program and its arguments
 * @param environment beside that of this process
 */
public record JobClient(List<String> command, Map<String, String> environment) {
    public JobClient {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Starts it in the background, with no input and all it prints in a file.
     *
     * @param output is replaced
     */
    public Process start(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs it with the terminal of this process to its end, or ends it with this process; returns its exit status. */
    public int run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        Process process = builder.start();
        // A terminal's Ctrl-C reaches both; a kill of this process has to reach the client too.
        Thread ending = new Thread(process::destroy, "end-of-client");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return process.waitFor();
        } finally {
            process.destroy();
            try {
                Runtime.getRuntime().removeShutdownHook(ending);
            } catch (IllegalStateException e) {
                // This process is on its way out.
            }
        }
    }
}
