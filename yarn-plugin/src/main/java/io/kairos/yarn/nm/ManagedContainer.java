/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerEvent;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerEventType;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncherEvent;
import org.jspecify.annotations.Nullable;

/**
 * A container as the node tier sees it: its held launch, and the pause as YARN's state machine shows it.
 *
 * <p>YARN is told of a pause only after the processes are frozen: a frozen process cannot exit, so no exit can meet the state
 * PAUSING, which stock YARN never leaves on an exit. Stock YARN asks for the resume at once; that ask is kept until the
 * processes are to be thawed, and nothing is thawed before it came. Meanwhile the container rests in RESUMING, which clients see
 * as PAUSED.
 *
 * <p>A task that may crawl while it is paused does so in KEPT: in RESUMING an exit is handled as it should be.
 *
 * <pre>
 *   RUNNING --freeze, tell--> TOLD --YARN asks to resume--> KEPT --tell, thaw--> RUNNING
 * </pre>
 *
 * Thread-safe: the dispatcher's and the agent's threads meet here; the dispatcher's never waits.
 */
final class ManagedContainer {
    private enum Shown {
        RUNNING,
        TOLD,
        KEPT
    }

    private final Container container;
    private final Consumer<ContainerEvent> events;
    private @Nullable ContainersLauncherEvent heldLaunch;
    private Shown shown = Shown.RUNNING;
    private boolean frozen;
    private boolean ended;
    private boolean pausedBefore;
    private long processId;
    private @Nullable Pauser pausedBy;

    /** Apart from this object's own lock, which an operation takes. */
    private final Object turn = new Object();

    private CompletableFuture<Void> lastOperation = Answers.DONE;

    ManagedContainer(
            Container container, Consumer<ContainerEvent> events, @Nullable ContainersLauncherEvent heldLaunch) {
        this.container = container;
        this.events = events;
        this.heldLaunch = heldLaunch;
    }

    /** Runs an operation after those asked before it, whether they failed or not. */
    CompletableFuture<Void> inTurn(Runnable operation, Executor executor) {
        synchronized (turn) {
            // Done operations are not kept: the chain would grow with each pause.
            lastOperation = lastOperation.isDone()
                    ? CompletableFuture.runAsync(operation, executor)
                    : lastOperation.handle((done, failure) -> null).thenRunAsync(operation, executor);
            return lastOperation;
        }
    }

    /** True once. */
    synchronized boolean isPausedForTheFirstTime() {
        boolean first = !pausedBefore;
        pausedBefore = true;
        return first;
    }

    Container container() {
        return container;
    }

    synchronized void rememberProcessId(long pid) {
        processId = pid;
    }

    /** Its first process, 0 if it has not been seen. */
    synchronized long processId() {
        return processId;
    }

    synchronized void pausedBy(Pauser pauser) {
        pausedBy = pauser;
    }

    /** What paused it last, or tried to; null if nothing did. */
    synchronized @Nullable Pauser pausedBy() {
        return pausedBy;
    }

    /** The held launch, once: null after it was taken, or the container ended. */
    synchronized @Nullable ContainersLauncherEvent takeLaunch() {
        ContainersLauncherEvent launch = heldLaunch;
        heldLaunch = null;
        return launch;
    }

    /** Gives back a launch that could not be begun. */
    synchronized void holdAgain(ContainersLauncherEvent launch) {
        if (!ended) {
            heldLaunch = launch;
        }
    }

    /** The container ended or is to be killed: it is never launched nor frozen from now on. */
    synchronized void end() {
        ended = true;
        heldLaunch = null;
        notifyAll();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /**
     * The processes are frozen: shows the pause.
     *
     * @return false if the container has left the states in which a pause is allowed: the caller must thaw it
     */
    synchronized boolean showPause() {
        if (ended || container.isReInitializing()) {
            return false;
        }
        if (shown == Shown.RUNNING) {
            ContainerState state = container.getContainerState();
            // RESUMING: our own word that it was resumed is still under way; events are handled in order.
            if (state != ContainerState.RUNNING && state != ContainerState.RESUMING) {
                return false;
            }
            shown = Shown.TOLD;
            container.sendPauseEvent("Paused by Kairos: a task with less attained service runs in its place");
        }
        frozen = true;
        return true;
    }

    /**
     * Waits until YARN has answered the pause it was told of, which is a matter of milliseconds. Before that the processes must
     * not be thawed: they might exit in the state PAUSING.
     *
     * @return false if the answer did not come in time
     */
    synchronized boolean awaitPauseAnswered(long mostNanos) {
        long end = System.nanoTime() + mostNanos;
        boolean interrupted = false;
        while (shown == Shown.TOLD && !ended) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return shown != Shown.TOLD || ended;
    }

    /** Whether YARN has answered the pause, which goes on: an exit would be handled as it should be. */
    synchronized boolean isKept() {
        return shown == Shown.KEPT && frozen && !ended;
    }

    /**
     * The processes are about to be thawed: shows that. It is told before it is done, so that YARN hears of the resume before it
     * hears of the exit that the resume may lead to.
     */
    synchronized void showResume() {
        frozen = false;
        if (shown == Shown.KEPT) {
            tellResumed();
        }
    }

    /** YARN asks to pause; returns false if that is not this tier's doing. */
    synchronized boolean answerPause() {
        if (shown == Shown.RUNNING) {
            return false;
        }
        events.accept(new ContainerEvent(container.getContainerId(), ContainerEventType.CONTAINER_PAUSED));
        return true;
    }

    /** YARN asks to resume; returns false if that is not this tier's doing. */
    synchronized boolean answerResume() {
        if (shown == Shown.RUNNING) {
            return false;
        }
        if (frozen) {
            shown = Shown.KEPT;
            notifyAll();
        } else {
            tellResumed();
        }
        return true;
    }

    private void tellResumed() {
        shown = Shown.RUNNING;
        if (!ended) {
            events.accept(new ContainerEvent(container.getContainerId(), ContainerEventType.CONTAINER_RESUMED));
        }
    }
}
