/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how long tasks may be silent until their applications give them up: a variable in a container's environment says it, or
 * else the job's own settings, which Spark and MapReduce bring along in files. In a thread of its own, because the files are the
 * user's and a read of them may take its time. Thread-safe.
 */
final class SilenceLimits implements AutoCloseable {
    /** Environment variable that gives the limit in milliseconds. */
    static final String VARIABLE = "KAIROS_SILENCE_LIMIT_MS";

    private static final Logger LOG = LoggerFactory.getLogger(SilenceLimits.class);

    private final BiConsumer<ContainerId, Duration> listener;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kairos-silence-limits");
        thread.setDaemon(true);
        return thread;
    });

    /** @param listener told of each limit that is found, by this object's thread */
    SilenceLimits(BiConsumer<ContainerId, Duration> listener) {
        this.listener = listener;
    }

    /** Has a container looked at; returns at once. */
    void look(Container container) {
        try {
            reader.execute(() -> find(container));
        } catch (RejectedExecutionException e) {
            // The NodeManager stops.
        }
    }

    private void find(Container container) {
        ContainerId id = container.getContainerId();
        try {
            Optional<Duration> limit =
                    stated(id, container.getLaunchContext().getEnvironment().get(VARIABLE));
            if (limit.isEmpty()) {
                limit = JobSettings.silenceLimit(container.getWorkDir());
            }
            limit.ifPresent(duration -> {
                LOG.debug("{} is given up when it is silent for {} ms", id, duration.toMillis());
                listener.accept(id, duration);
            });
        } catch (RuntimeException e) {
            LOG.warn("How long {} may be silent could not be found out", id, e);
        }
    }

    private static Optional<Duration> stated(ContainerId id, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            long millis = Long.parseLong(text.strip());
            if (millis > 0) {
                return Optional.of(Duration.ofMillis(millis));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        LOG.warn("{} has {}='{}': expected milliseconds, 1 or more; it is ignored", id, VARIABLE, text);
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
