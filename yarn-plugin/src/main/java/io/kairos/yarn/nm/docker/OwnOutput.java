/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
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
        try (OutputStream out =
                        new FileOutputStream(folder.resolve("stdout.txt").toFile());
                OutputStream err =
                        new FileOutputStream(folder.resolve("stderr.txt").toFile())) {
            engine.copyLog(container, out, err);
        } catch (IOException e) {
            LOG.warn("What {} wrote could not be copied: {}", container, e.getMessage());
        }
    }
}
