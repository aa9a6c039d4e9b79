/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a container, however long and through every outage of the engine: with live-restore containers outlive
 * it, and an engine that does not answer is no proof that a container ended. Thread-safe.
 */
final class ContainerExit {
    /** For a container that somebody removed, or that will not be started any more: as if it had been killed. */
    static final int GONE = 137;

    private static final Logger LOG = LoggerFactory.getLogger(ContainerExit.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final long RETRY_MS = 500;

    private final DockerEngine engine;

    ContainerExit(DockerEngine engine) {
        this.engine = engine;
    }

    /** Returns the exit code of a container that was started; {@link #GONE} if there is none, or it was not. */
    int await(String name) throws InterruptedException {
        while (true) {
            ContainerStatus status = status(name, () -> true);
            if (status == null) {
                return GONE;
            }
            if (!status.running()) {
                // One that never ran has an exit code too, that of success.
                return status.begun() ? status.exitCode() : GONE;
            }
            try {
                engine.awaitExit(name, LOOK);
            } catch (EngineException e) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MS); // the next look tells why
            }
        }
    }

    /**
     * The container as it stands, asked for until the engine answers.
     *
     * @param wanted false once nobody wants to know any more
     * @return null if there is no such container, or nobody wants to know
     */
    @Nullable ContainerStatus status(String name, BooleanSupplier wanted) throws InterruptedException {
        boolean told = false;
        while (wanted.getAsBoolean()) {
            try {
                return engine.inspect(name);
            } catch (EngineException e) {
                if (!told) {
                    LOG.warn("{} is waited for until Docker answers again: {}", name, e.getMessage());
                    told = true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
        return null;
    }
}
