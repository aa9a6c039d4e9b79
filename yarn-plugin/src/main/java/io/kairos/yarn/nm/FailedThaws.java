/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Thaws that failed of tasks that have left the node, so that nobody else thaws them. Each is tried again until it works; as one
 * of a task whose processes are gone works, there are never more than frozen tasks that live. Confined to the agent's thread.
 */
final class FailedThaws {
    private final Executor agentThread;
    private final List<Thaw> thaws = new ArrayList<>();

    /** @param agentThread where answers that come late are heard */
    FailedThaws(Executor agentThread) {
        this.agentThread = agentThread;
    }

    private static final class Thaw {
        private final Supplier<CompletableFuture<Void>> operation;
        private CompletableFuture<Void> tried = Answers.DONE;

        private Thaw(Supplier<CompletableFuture<Void>> operation) {
            this.operation = operation;
        }
    }

    /** Another one; it is tried at the next call of {@link #retry}. */
    void add(Supplier<CompletableFuture<Void>> thaw) {
        thaws.add(new Thaw(thaw));
    }

    boolean isEmpty() {
        return thaws.isEmpty();
    }

    /**
     * Tries those of which no answer is awaited.
     *
     * @return ends when all were tried; never fails
     */
    CompletableFuture<Void> retry() {
        return CompletableFuture.allOf(
                List.copyOf(thaws).stream().map(this::retry).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> retry(Thaw thaw) {
        if (thaw.tried.isDone()) {
            CompletableFuture<Void> tried = new CompletableFuture<>();
            thaw.tried = tried;
            Answers.whenKnown(ask(thaw), agentThread, failure -> {
                if (failure == null || failure instanceof TaskEndingException) {
                    thaws.remove(thaw);
                }
                tried.complete(null);
            });
        }
        return thaw.tried;
    }

    private static CompletableFuture<Void> ask(Thaw thaw) {
        try {
            return thaw.operation.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e); // no thread could be had, say
        }
    }
}
