/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how long tasks may be silent until their applications give them up: a variable in a container's environment says it, or
 * else the job's own settings, which Spark and MapReduce bring along in files. In a thread of its own, because the files are the
 * user's and a read of them may take its time; an application whose file takes too long is not looked at again. Thread-safe.
 */
final class SilenceLimits implements AutoCloseable {
    /** Environment variable that gives the limit in milliseconds. */
    static final String VARIABLE = "KAIROS_SILENCE_LIMIT_MS";

    /** More is as good as no limit. */
    static final Duration MOST = Duration.ofDays(365);

    /** Containers that may wait to be looked at; more of them are not. */
    private static final int MOST_WAITING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(SilenceLimits.class);

    private final BiConsumer<ContainerId, Duration> listener;
    /** Whose files take too long; the reader's own. */
    private final Set<ApplicationId> slow = new HashSet<>();

    private final ExecutorService reader =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
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
            LOG.debug("{} is not looked at: the NodeManager stops, or too many wait", container.getContainerId());
        }
    }

    private void find(Container container) {
        ContainerId id = container.getContainerId();
        ApplicationId application = id.getApplicationAttemptId().getApplicationId();
        try {
            Optional<Duration> limit =
                    stated(id, container.getLaunchContext().getEnvironment().get(VARIABLE));
            if (limit.isEmpty() && !slow.contains(application)) {
                limit = JobSettings.silenceLimit(container.getWorkDir());
            }
            limit.ifPresent(duration -> {
                LOG.debug("{} is given up when it is silent for {} ms", id, duration.toMillis());
                listener.accept(id, duration);
            });
        } catch (TimeoutException e) {
            if (slow.size() >= MOST_WAITING) {
                slow.clear();
            }
            slow.add(application);
            LOG.warn("{}: how long tasks of {} may be silent is not looked at any more", e.getMessage(), application);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Errors too: one in this thread would end the NodeManager.
            LOG.warn("How long {} may be silent could not be found out", id, e);
        }
    }

    private static Optional<Duration> stated(ContainerId id, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Duration limit = Duration.ofMillis(Long.parseLong(text.strip()));
            if (!limit.isNegative() && !limit.isZero() && limit.compareTo(MOST) <= 0) {
                return Optional.of(limit);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        // Not the text itself: it is the user's, and could pretend to be lines of this log.
        LOG.warn("{} has a {} that is ignored: expected milliseconds from 1 to {}", id, VARIABLE, MOST.toMillis());
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
