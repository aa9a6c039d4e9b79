/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that places. It takes the notes of {@link Signals} every few milliseconds, and while there is something to place
 * before each try; what was tried in vain it tries again now and then, however much happens. It holds no lock of the
 * scheduler: that is taken where a container is committed. Nothing that goes wrong in a try ends it.
 */
final class PlacementThread<N> {
    static final String NAME = "Kairos placement";

    private static final Logger LOG = LoggerFactory.getLogger(PlacementThread.class);

    /** Everything is looked at again this often: the scheduler gives no sign when it becomes ready after a recovery. */
    private static final long BACKSTOP_MS = 1_000;

    /** And each so often nothing is believed that was remembered. */
    private static final int BACKSTOPS_A_RECOUNT = 10;

    /** As often as the asynchronous threads of the stock scheduler; a node's and a master's heartbeats are far longer. */
    private static final long TURN_MS = 5;

    /**
     * What was tried in vain is tried again when a pass is over: else who can only be served last, such as a reservation, would never be
     * while enough happens elsewhere. But a pass that always finds more to do must not put it off for ever.
     */
    private static final long LONGEST_PASS_MS = 50;

    private static final long JOIN_MS = 10_000;

    private final Signals signals;
    private final NodeLoads<N> loads;
    private final BooleanSupplier anythingPending;
    private final PlacementPass.Placer<N> placer;
    private final PlacementPass<N> pass;
    private final Runnable recount;
    private final long reportExpiryNanos;
    private final CentralCounters counters;
    private final Set<String> kindsOfErrors = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private long lastBackstop;
    private int backstops;
    private long startedOver;
    private volatile boolean resting;
    private volatile boolean stopping;

    /**
     * @param anythingPending whether anything waits to be placed
     * @param recount has what was counted forgotten
     */
    PlacementThread(
            Signals signals,
            NodeLoads<N> loads,
            BooleanSupplier anythingPending,
            PlacementPass.Placer<N> placer,
            Runnable recount,
            Duration reportExpiry,
            CentralCounters counters) {
        this.signals = signals;
        this.loads = loads;
        this.anythingPending = anythingPending;
        this.placer = placer;
        this.recount = recount;
        this.reportExpiryNanos = reportExpiry.toNanos();
        this.counters = counters;
        this.pass = new PlacementPass<>(loads, new Guarded(), System::nanoTime);
        this.lastBackstop = System.nanoTime();
        this.thread = new Thread(this::run, NAME);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Lets the try under way end, then returns; nothing is placed afterwards. */
    void stop() throws InterruptedException {
        stopping = true;
        hurry();
        thread.join(JOIN_MS);
        if (thread.isAlive()) {
            LOG.warn("The placement thread did not end within {} ms", JOIN_MS);
        }
    }

    /** Has the thread come by at once. */
    void hurry() {
        LockSupport.unpark(thread);
    }

    /** Whether the caller is this thread. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Whether all that could be placed is placed: nothing was noted since the thread last looked. */
    boolean isSettled() {
        // In this order: a thread that rests has done what was noted before.
        return signals.isEmpty() && resting;
    }

    private void run() {
        boolean moreToDo = false;
        while (!stopping) {
            try {
                if (!moreToDo) {
                    rest();
                }
                boolean underWay = moreToDo;
                moreToDo = false; // after an error too
                beBackstop();
                moreToDo = turn(underWay);
            } catch (RuntimeException | Error e) {
                note(e);
            }
        }
    }

    private void rest() {
        resting = true;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TURN_MS));
        resting = false;
        // Nobody here interrupts this thread, and interrupted it would never rest again.
        Thread.interrupted();
    }

    /**
     * Places for a few milliseconds at most; returns whether there is more to do.
     *
     * @param underWay whether there was more to do after the last one
     */
    private boolean turn(boolean underWay) {
        long start = System.nanoTime();
        boolean isDue = !underWay || start - startedOver >= TimeUnit.MILLISECONDS.toNanos(LONGEST_PASS_MS);
        if (isDue && signals.takeRetry()) {
            startedOver = start;
            pass.startOver();
        }
        if (anythingPending.getAsBoolean()) {
            counters.passes.increment();
        }
        boolean moreToDo = true;
        while (moreToDo && !stopping && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(TURN_MS)) {
            pass.note(signals.take());
            moreToDo = anythingPending.getAsBoolean() ? pass.tryOnce() : pass.rest();
        }
        return moreToDo;
    }

    private void beBackstop() {
        long now = System.nanoTime();
        if (now - lastBackstop >= TimeUnit.MILLISECONDS.toNanos(BACKSTOP_MS)) {
            lastBackstop = now;
            loads.expireReports(now - reportExpiryNanos);
            if (++backstops % BACKSTOPS_A_RECOUNT == 0) {
                recount.run();
            }
            pass.lookAtAll();
        }
    }

    private void note(Throwable error) {
        counters.errors.increment();
        StackTraceElement[] trace = error.getStackTrace();
        String kind = error.getClass().getName() + (trace.length > 0 ? " at " + trace[0] : "");
        if (kindsOfErrors.add(kind)) {
            LOG.error("An error in a placement pass, shown once of its kind; placing goes on", error);
        }
    }

    /** A node on which placing fails is one try in vain: the other nodes are still filled. */
    private final class Guarded implements PlacementPass.Placer<N> {
        @Override
        public boolean isUsable(RankedNode<N> node) {
            return placer.isUsable(node);
        }

        @Override
        public int mostProposals() {
            return placer.mostProposals();
        }

        @Override
        public PlacementPass.Proposed propose(RankedNode<N> node, boolean named) {
            try {
                return placer.propose(node, named);
            } catch (RuntimeException | Error e) {
                note(e);
                return PlacementPass.Proposed.NOTHING;
            }
        }

        @Override
        public boolean commit() {
            try {
                return placer.commit();
            } catch (RuntimeException | Error e) {
                note(e);
                return false;
            }
        }

        @Override
        public void tried(boolean placed, long nanos) {
            placer.tried(placed, nanos);
        }
    }
}
