/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that places. It sleeps until {@link Signals} hold a note, takes the scheduler's lock for one short step at a time,
 * and lets everyone else at the lock in between. Nothing that goes wrong in a step ends it.
 */
final class PlacementThread<N> {
    private static final Logger LOG = LoggerFactory.getLogger(PlacementThread.class);

    /** Everything is looked at again this often: the scheduler gives no sign when it becomes ready after a recovery. */
    private static final long BACKSTOP_MS = 1_000;

    /** Heartbeats and reports wake nobody; taken this often, there are never many at once, and what a heartbeat allows comes soon. */
    private static final long TURN_MS = 10;

    /** The scheduler's lock is unfair: who takes it again at once keeps all others out. */
    private static final long LET_GO_NANOS = 20_000;

    private static final long JOIN_MS = 10_000;

    private final Lock lock;
    private final Signals signals;
    private final NodeLoads<N> loads;
    private final PlacementPass.Placer<N> placer;
    private final PlacementPass<N> pass;
    private final long reportExpiryNanos;
    private final CentralCounters counters;
    private final Set<String> kindsOfErrors = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private long lastBackstop;
    private volatile boolean stopping;

    /** @param lock the scheduler's write lock */
    PlacementThread(
            Lock lock,
            Signals signals,
            NodeLoads<N> loads,
            PlacementPass.Placer<N> placer,
            Duration reportExpiry,
            CentralCounters counters) {
        this.lock = lock;
        this.signals = signals;
        this.loads = loads;
        this.placer = placer;
        this.reportExpiryNanos = reportExpiry.toNanos();
        this.counters = counters;
        this.pass = new PlacementPass<>(loads, new Guarded(), System::nanoTime);
        this.lastBackstop = System.nanoTime();
        this.thread = new Thread(this::run, "Kairos placement");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Lets the step under way end, then returns; nothing is placed afterwards. */
    void stop() throws InterruptedException {
        stopping = true;
        signals.retry();
        thread.join(JOIN_MS);
        if (thread.isAlive()) {
            LOG.warn("The placement thread did not end within {} ms", JOIN_MS);
        }
    }

    private void run() {
        while (!stopping) {
            try {
                boolean noted = signals.await(TURN_MS);
                boolean due = beBackstop();
                if (!noted && !due) {
                    takeReports();
                    continue;
                }
                while (!stopping && step()) {
                    LockSupport.parkNanos(LET_GO_NANOS);
                }
            } catch (InterruptedException e) {
                // Nobody here interrupts this thread, and stop() has its own flag: go on.
                note(e);
            } catch (RuntimeException | Error e) {
                note(e);
            }
        }
    }

    /** Without the scheduler's lock: a burst of reports must not keep others from it. */
    private void takeReports() {
        signals.takeReported().forEach(loads::report);
    }

    private boolean step() {
        takeReports();
        if (!placer.anythingPending()) {
            pass.note(signals.take());
            pass.nothingPending();
            pass.catchUp();
            return false;
        }
        lock.lock();
        try {
            counters.passes.increment();
            // Under the lock nobody else allocates, so what is counted here stays true to the end of the step.
            pass.note(signals.take());
            return !stopping && pass.step();
        } finally {
            lock.unlock();
        }
    }

    private boolean beBackstop() {
        long now = System.nanoTime();
        if (now - lastBackstop >= TimeUnit.MILLISECONDS.toNanos(BACKSTOP_MS)) {
            lastBackstop = now;
            loads.expireReports(now - reportExpiryNanos);
            pass.startOver();
            return true;
        }
        return false;
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
        public boolean anythingPending() {
            return placer.anythingPending();
        }

        @Override
        public boolean isUsable(RankedNode<N> node) {
            return placer.isUsable(node);
        }

        @Override
        public boolean place(RankedNode<N> node) {
            return guarded(() -> placer.place(node));
        }

        @Override
        public boolean placeNamed(RankedNode<N> node) {
            return guarded(() -> placer.placeNamed(node));
        }

        private boolean guarded(BooleanSupplier placed) {
            try {
                return placed.getAsBoolean();
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
