/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The tests' image with an entry point of its own; closing removes it. */
final class OwnEntrypointImage implements AutoCloseable {
    private final String name;

    /** @param entrypoint as a Dockerfile has it, a JSON list */
    OwnEntrypointImage(String entrypoint) throws Exception {
        name = Lab.IMAGE + ":entrypoint-" + ProcessHandle.current().pid();
        run("FROM " + Lab.IMAGE + "\nENTRYPOINT " + entrypoint + "\n", "docker", "build", "-q", "-t", name, "-");
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws Exception {
        run("", "docker", "rmi", "-f", name); // an ended container may still be on its way out
    }

    private static void run(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
