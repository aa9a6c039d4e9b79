/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.TaskGoneException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncherEvent;
import org.jspecify.annotations.Nullable;

/** Launches, freezes and thaws YARN containers. Thread-safe. */
final class ContainerControl implements TaskControl<ContainerId> {
    private static final long PAUSE_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<ContainerId, ManagedContainer> containers = new ConcurrentHashMap<>();
    private final Pauser pauser;
    private final Executor pausing;
    private final Function<ContainerId, @Nullable String> processIds;
    private final Consumer<ContainersLauncherEvent> launcher;
    private volatile boolean stopping;
    private volatile Consumer<Container> whenPaused = container -> {};

    /**
     * @param pausing where the pauser is called: the caller's own thread if it is swift
     * @param processIds the id of a container's first process, null before it exists
     * @param launcher stock YARN's launch
     */
    ContainerControl(
            Pauser pauser,
            Executor pausing,
            Function<ContainerId, @Nullable String> processIds,
            Consumer<ContainersLauncherEvent> launcher) {
        this.pauser = pauser;
        this.pausing = pausing;
        this.processIds = processIds;
        this.launcher = launcher;
    }

    /** Sets what is told of each container that was paused, the first time; it must return at once. */
    void whenPaused(Consumer<Container> listener) {
        whenPaused = listener;
    }

    void add(ManagedContainer container) {
        containers.put(container.container().getContainerId(), container);
    }

    @Nullable ManagedContainer get(ContainerId id) {
        return containers.get(id);
    }

    /** Forgets a container that ended; a later one of the same id stays. */
    void remove(ManagedContainer container) {
        containers.remove(container.container().getContainerId(), container);
    }

    @Override
    public void launch(ContainerId id) {
        ManagedContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        // Under the container's lock, as its clean-up is: a launch after the clean-up would never be cleaned up.
        synchronized (container) {
            ContainersLauncherEvent launch = container.takeLaunch();
            if (launch != null) {
                try {
                    launcher.accept(launch);
                } catch (RuntimeException | Error e) {
                    container.holdAgain(launch); // no thread could be made, say: it is tried again
                    throw e;
                }
            }
        }
    }

    /** The NodeManager stops, its dispatcher answers no more: from now on tasks are thawed whatever YARN has been told. */
    void stopping() {
        stopping = true;
    }

    /** Why this node pauses nothing for now; empty while it does. */
    Optional<String> pausingOffBecause() {
        return pauser.offBecause();
    }

    /** YARN's state is asked too: it must have heard of the start of the processes before it hears of a pause of them. */
    @Override
    public boolean isStarted(ContainerId id) {
        ManagedContainer container = containers.get(id);
        if (container == null || container.container().getContainerState() != ContainerState.RUNNING) {
            return false;
        }
        long pid = processId(id);
        return pid > 0 && !container.hasEnded() && isAlive(pid) && pauser.isReady(id.toString(), pid);
    }

    @Override
    public boolean isFrozen(ContainerId id) throws IOException {
        long pid = processId(id);
        if (pid <= 0 || !isAlive(pid)) {
            throw new TaskEndingException(id + " has no process");
        }
        return pauser.isPaused(id.toString(), pid);
    }

    @Override
    public CompletableFuture<Void> pause(ContainerId id) {
        return inTurn(id, this::pauseNow);
    }

    @Override
    public CompletableFuture<Void> relax(ContainerId id) {
        return pauser.relaxes() ? inTurn(id, this::relaxNow) : Answers.DONE;
    }

    @Override
    public CompletableFuture<Void> resume(ContainerId id) {
        return inTurn(id, this::resumeNow);
    }

    @Override
    public Supplier<CompletableFuture<Void>> lastThaw(ContainerId id) {
        ManagedContainer container = containers.get(id);
        Optional<ProcessHandle> process = ProcessHandle.of(processId(id));
        if (container == null || process.isEmpty()) {
            return () -> Answers.DONE;
        }
        return new LastThaw(id.toString(), process.get(), pauserOf(container), pausing);
    }

    @Override
    public CompletableFuture<Void> startPulse(ContainerId id) {
        return inTurn(id, this::startPulseNow);
    }

    @Override
    public CompletableFuture<Void> endPulse(ContainerId id) {
        return inTurn(id, this::endPulseNow);
    }

    /** One thing at a time for each container, in the order in which it was asked; on this thread where that is swift. */
    private CompletableFuture<Void> inTurn(ContainerId id, Operation operation) {
        ManagedContainer container = containers.get(id);
        if (container == null) {
            return Answers.DONE;
        }
        return container.inTurn(
                () -> {
                    try {
                        operation.run(id);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                pausing);
    }

    /** Something done to a container. */
    private interface Operation {
        void run(ContainerId id) throws IOException;
    }

    private void pauseNow(ContainerId id) throws IOException {
        ManagedContainer container = freeze(id);
        if (!container.showPause()) {
            thaw(id);
            throw new TaskEndingException(id + " is " + container.container().getContainerState() + ", not RUNNING");
        }
        if (container.isPausedForTheFirstTime()) {
            whenPaused.accept(container.container());
        }
        if (pauser.relaxes()) {
            relaxIfTold(id);
        }
    }

    /** Nothing yet, unless YARN had been told before. Should it fail the task stands still, and is paused all the same. */
    private void relaxIfTold(ContainerId id) {
        try {
            relaxNow(id);
        } catch (IOException e) {
            // The next look asks for it again, and tells of failures.
        }
    }

    private void relaxNow(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        long pid = processId(id);
        if (container == null || !container.isKept() || pid <= 0) {
            return;
        }
        boolean retried = container.container().isRetryContextSet();
        if (retried) {
            // YARN retries only what fails while it is shown as running.
            container.showResume();
        }
        try {
            pauser.relax(id.toString(), pid);
        } catch (IOException e) {
            if (retried) {
                container.showPause();
            }
            throw e;
        }
    }

    private void resumeNow(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        awaitPauseAnswered(container);
        container.showResume();
        try {
            thaw(id);
        } catch (IOException e) {
            showPausedAgain(container, e);
            throw e;
        }
    }

    /** A task that could not be thawed. One that crawls might exit while its pause is told, so it must stand still first. */
    private void showPausedAgain(ManagedContainer container, IOException failure) {
        if (container.hasEnded()) {
            return; // Nobody is to be told, and a kill must not find it frozen anew.
        }
        if (pauser.relaxes()) {
            try {
                pauser.pause(container.container().getContainerId().toString(), container.processId());
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
                return; // It runs, or crawls; the next look tells.
            }
        }
        container.showPause();
    }

    private void startPulseNow(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        if (container == null) {
            return;
        }
        if (container.container().isRetryContextSet()) {
            // YARN retries only what fails while it is shown as running.
            resumeNow(id);
        } else {
            awaitPauseAnswered(container);
            thaw(id);
        }
    }

    private void endPulseNow(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        if (container != null && container.container().isRetryContextSet()) {
            pauseNow(id);
        } else {
            freeze(id);
        }
    }

    private ManagedContainer freeze(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        long pid = processId(id);
        if (container == null || container.hasEnded() || pid <= 0) {
            throw new TaskEndingException(id + " has no process to freeze");
        }
        container.pausedBy(pauser.serving(id.toString()));
        try {
            pauser.pause(id.toString(), pid);
        } catch (TaskGoneException e) {
            throw new TaskEndingException(id + " has just exited");
        } catch (IOException e) {
            if (!isAlive(pid)) {
                throw new TaskEndingException(id + " has just exited");
            }
            throw e;
        }
        if (container.hasEnded()) {
            // A kill came in between; it must find the processes thawed.
            thaw(id);
            throw new TaskEndingException(id + " is about to end");
        }
        return container;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private void thaw(ContainerId id) throws IOException {
        ManagedContainer container = containers.get(id);
        long pid = processId(id);
        if (container != null && pid > 0) {
            pauserOf(container).resume(id.toString(), pid);
        }
    }

    /** The one that froze the container: the executor may have let go of a container that is frozen still. */
    private Pauser pauserOf(ManagedContainer container) {
        Pauser frozenBy = container.pausedBy();
        return frozenBy == null
                ? pauser.serving(container.container().getContainerId().toString())
                : frozenBy;
    }

    private void awaitPauseAnswered(ManagedContainer container) throws IOException {
        if (!stopping && !container.awaitPauseAnswered(PAUSE_ANSWER_NANOS)) {
            throw new IOException(container.container().getContainerId()
                    + " cannot be thawed yet: YARN has not heard of its pause within "
                    + TimeUnit.NANOSECONDS.toMillis(PAUSE_ANSWER_NANOS) + " ms");
        }
    }

    /** The container's first process, 0 if it has none yet. Remembered, as YARN forgets it when it begins to clean up. */
    long processId(ContainerId id) {
        ManagedContainer container = containers.get(id);
        if (container == null) {
            return 0;
        }
        String pid = processIds.apply(id);
        if (pid != null) {
            container.rememberProcessId(Long.parseLong(pid));
        }
        return container.processId();
    }
}
