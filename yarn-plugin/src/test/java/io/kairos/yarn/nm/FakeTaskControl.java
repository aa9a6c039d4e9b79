/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tasks that are only names; records what was done to them, and fails where it is told to. */
final class FakeTaskControl implements TaskControl<String> {
    /** While set, what is asked is done only when {@link #doLater} is called. */
    boolean slow;

    final List<Runnable> later = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<String> relaxed = new ArrayList<>();
    final Set<String> cannotRelax = new HashSet<>();
    final Set<String> launched = new HashSet<>();
    final Set<String> frozen = new HashSet<>();
    final Set<String> cannotLaunch = new HashSet<>();
    final Set<String> exited = new HashSet<>();
    final Set<String> cannotPause = new HashSet<>();
    final Set<String> cannotResume = new HashSet<>();

    void doLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public void launch(String task) {
        calls.add("launch " + task);
        if (cannotLaunch.contains(task)) {
            throw new OutOfMemoryError("no thread for " + task);
        }
        launched.add(task);
    }

    @Override
    public boolean isStarted(String task) {
        return launched.contains(task) && !exited.contains(task);
    }

    @Override
    public boolean isFrozen(String task) {
        return frozen.contains(task);
    }

    @Override
    public CompletableFuture<Void> pause(String task) {
        calls.add("pause " + task);
        return answer(() -> freeze(task));
    }

    @Override
    public CompletableFuture<Void> relax(String task) {
        return answer(() -> {
            if (cannotRelax.contains(task)) {
                throw new IOException(task + " cannot be relaxed");
            }
            relaxed.add(task);
        });
    }

    @Override
    public CompletableFuture<Void> resume(String task) {
        calls.add("resume " + task);
        return answer(() -> thaw(task));
    }

    @Override
    public CompletableFuture<Void> startPulse(String task) {
        calls.add("start pulse " + task);
        return answer(() -> thaw(task));
    }

    @Override
    public CompletableFuture<Void> endPulse(String task) {
        calls.add("end pulse " + task);
        return answer(() -> freeze(task));
    }

    private CompletableFuture<Void> answer(Operation operation) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                operation.run();
                answer.complete(null);
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        };
        if (slow) {
            later.add(run);
        } else {
            run.run();
        }
        return answer;
    }

    private interface Operation {
        void run() throws IOException;
    }

    private void freeze(String task) throws IOException {
        if (exited.contains(task)) {
            throw new TaskEndingException(task + " has just exited");
        }
        if (cannotPause.contains(task)) {
            throw new IOException(task + " cannot be frozen");
        }
        frozen.add(task);
    }

    private void thaw(String task) throws IOException {
        if (exited.contains(task)) {
            throw new TaskEndingException(task + " has just exited");
        }
        if (cannotResume.contains(task)) {
            throw new IOException(task + " cannot be thawed");
        }
        frozen.remove(task);
    }
}
