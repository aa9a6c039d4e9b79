/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a container wrote whose own entry point ran, so that no script of YARN's redirected it: the engine kept it, and at its end
 * it goes where YARN collects logs, under the names YARN's own runtime gives it.
 */
final class OwnOutput {
    private static final Logger LOG = LoggerFactory.getLogger(OwnOutput.class);

    private OwnOutput() {}

    /** Copies it; a failure costs the log, not the task. */
    static void copy(DockerEngine engine, String container, Path folder) {
        try (OutputStream out = create(folder.resolve("stdout.txt"));
                OutputStream err = create(folder.resolve("stderr.txt"))) {
            engine.copyLog(container, out, err);
        } catch (IOException e) {
            LOG.warn("What {} wrote could not be copied: {}", container, e.getMessage());
        }
    }

    /** A new file: what a task left under that name may be a link that leads elsewhere. */
    private static OutputStream create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
