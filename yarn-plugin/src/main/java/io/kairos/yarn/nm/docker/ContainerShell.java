/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.datatransfer.IOStreamPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shell in a running container, as {@code yarn container -shell} asks for it. It runs on a thread of its own until it ends. */
final class ContainerShell {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerShell.class);
    private static final int BUFFER = 8192;

    private ContainerShell() {}

    /**
     * Opens the shell.
     *
     * @param guard closed when the shell ended
     * @return what it writes, and what it is to read
     */
    static IOStreamPair open(DockerEngine engine, String container, String shell, AutoCloseable guard)
            throws IOException {
        PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(typed, BUFFER);
        PipedOutputStream written = new PipedOutputStream();
        PipedInputStream output = new PipedInputStream(written, BUFFER);
        Thread thread = new Thread(
                () -> {
                    try (guard;
                            input;
                            written) {
                        engine.exec(container, List.of("/bin/" + shell, "-i"), true, input, written);
                    } catch (Exception e) {
                        LOG.warn("The shell in {} ended: {}", container, e.getMessage());
                    }
                },
                "kairos-shell-" + container);
        thread.setDaemon(true);
        thread.start();
        return new IOStreamPair(output, typed);
    }
}
