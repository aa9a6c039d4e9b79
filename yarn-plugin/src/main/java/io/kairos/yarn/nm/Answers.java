/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of what was asked of a {@link TaskControl}. */
final class Answers {
    static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private Answers() {}

    /**
     * Hands over why it failed, null if it did not: at once if that is known, else on the given thread when it is.
     */
    static void whenKnown(CompletableFuture<Void> answer, Executor thread, Consumer<@Nullable Throwable> then) {
        if (answer.isDone()) {
            then.accept(failure(answer));
        } else {
            answer.whenComplete((done, failure) -> thread.execute(() -> then.accept(failure(answer))));
        }
    }

    /** Why a known answer is a failure; null if it is none. */
    static @Nullable Throwable failure(CompletableFuture<Void> answer) {
        try {
            answer.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    /** Waits for the answer. */
    static void await(CompletableFuture<Void> answer) throws IOException {
        Throwable failure = failure(answer);
        if (failure != null) {
            throw failure instanceof IOException io ? io : new IOException(failure);
        }
    }
}
