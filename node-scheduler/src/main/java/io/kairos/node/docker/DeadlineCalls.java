/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.kairos.node.docker.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls to an engine, each with a deadline. A call that misses it is interrupted, which closes its connection, so that a
 * silent engine holds neither the caller nor threads. Thread-safe.
 */
final class DeadlineCalls implements AutoCloseable {
    private final String host;
    private final ExecutorService threads;

    DeadlineCalls(String host) {
        this.host = host;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kairos-docker-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @param what what is asked, for the message of a failure
     * @throws EngineException it was not done, or not in time
     */
    <T> T call(String what, Duration limit, Callable<T> asked) throws EngineException {
        long end = System.nanoTime() + limit.toNanos();
        Future<T> answer = submit(what, asked);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // A pause or a thaw under way is not cut short: half of it would be worse.
                    interrupted = true;
                }
            }
        } catch (TimeoutException | CancellationException e) {
            answer.cancel(true);
            throw new EngineException(
                    Kind.SILENT,
                    what + ": Docker at " + host + " did not answer within " + limit.toMillis() + " ms",
                    e);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> Future<T> submit(String what, Callable<T> asked) throws EngineException {
        try {
            return threads.submit(asked);
        } catch (RejectedExecutionException e) {
            throw new EngineException(Kind.BROKEN, what + ": the connection to Docker at " + host + " is closed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private EngineException failure(String what, Throwable cause) {
        if (cause instanceof NotFoundException) {
            return new EngineException(Kind.ABSENT, what + ": " + words(cause), cause);
        }
        if (cause instanceof DockerException answered) {
            // A 5xx may be a lying proxy or a dying engine as well as a refusal; the engine did answer.
            Kind refused = cause instanceof ConflictException ? Kind.CONFLICT : Kind.REFUSED;
            return new EngineException(
                    answered.getHttpStatus() > 0 ? refused : Kind.BROKEN,
                    what + ": Docker at " + host + " answered " + answered.getHttpStatus() + ": " + words(cause),
                    cause);
        }
        return new EngineException(
                Kind.BROKEN, what + ": no sound answer from Docker at " + host + ": " + words(cause), cause);
    }

    /** One line, and not a long one: an engine's answer may be a page of anything. */
    static String words(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
        text = text.isEmpty() || text.equals("null") ? cause.getClass().getSimpleName() : text;
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
