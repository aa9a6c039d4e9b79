/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.EventKind;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The Sparrow family: each job asks workers for turns in their queues and hands a task to whose turn comes (late binding). Every slot is
 * a worker with a queue of its own, as in the published simulations. Long jobs, or all, may be placed centrally; the first
 * workers may be kept from long ones.
 *
 * <p>A probe takes one message, asking for a task two. Source: Sparrow (SOSP'13), Hawk (ATC'15), Eagle (SoCC'16).
 */
final class ProbingScheduler implements Scheduler {
    /** Rounds in which a short job asks for workers without long tasks, before it takes those kept for short ones. */
    private static final int ROUNDS = 2;

    private final Run run;
    private final Simulation simulation;
    private final Lane oneMessage;
    private final Lane roundTrip;
    private final Probing probing;
    private final Costs costs;
    private final Worker[] workers;
    private final int[] allWorkers;
    private final int firstLong;
    private final LeastWork placed;
    /** Whether a long task that is first in a queue is served, whoever is shorter: Eagle's rule, where shorts avoid its queue. */
    private final boolean longGoesFirst;

    private final SplittableRandom random;

    ProbingScheduler(Run run, Probing probing) {
        this.run = run;
        this.simulation = run.simulation();
        this.oneMessage = simulation.lane(run.costs().networkNanos());
        this.roundTrip = simulation.lane(2 * run.costs().networkNanos());
        this.probing = probing;
        this.costs = run.costs();
        this.longGoesFirst = probing.central() != Probing.Central.ALL_JOBS;
        int count = run.settings().slots();
        this.workers = new Worker[count];
        this.allWorkers = IntStream.range(0, count).toArray();
        for (int number = 0; number < count; number++) {
            workers[number] = new Worker(number);
        }
        // A share of 0.29 is a little less than that.
        this.firstLong = probing.central() == Probing.Central.NOBODY
                ? 0
                : (int) (run.settings().shortReserved() * count + 1e-9);
        this.random = new SplittableRandom(run.seed());
        this.placed = new LeastWork(count, Nanos.seconds(2 * costs.networkNanos()), staleness());
    }

    /** How much older than now a wait is that is known, seconds; Eagle's own simulator draws whole ones. */
    private @Nullable DoubleSupplier staleness() {
        double most = probing.staleSeconds();
        if (most == 0) {
            return null;
        }
        return run.settings().eagleCompat()
                ? () -> random.nextInt((int) Math.ceil(most) + 1)
                : () -> random.nextDouble(most);
    }

    @Override
    public void submit(SimulatedJob job) {
        ProbedJob probed = new ProbedJob(job);
        if (probing.isCentral(probed)) {
            int first = job.isLong() ? firstLong : 0;
            int[] chosen = placed.place(first, job.waiting(), job.estimateSeconds(), simulation.now());
            Bitmap bitmap = probing.succinctState() ? new Bitmap() : null;
            for (int worker : chosen) {
                send(probed, worker, 1, bitmap);
            }
        } else {
            int probes = Math.max(probing.probesPerTask() * job.waiting(), probing.leastProbes());
            if (probing.succinctState()) {
                probeAvoidingLong(probed, probes);
            } else {
                for (int i = 0; i < probes; i++) {
                    send(probed, random.nextInt(workers.length), 1, null);
                }
            }
        }
    }

    /** Asks random workers; those with long tasks refuse, and tell what they know of the others for the next round. */
    private void probeAvoidingLong(ProbedJob job, int probes) {
        int missing = probes;
        BitSet known = null;
        long knownAt = Long.MIN_VALUE;
        for (int round = 1; round <= ROUNDS + 1 && missing > 0; round++) {
            boolean fallback = round > ROUNDS && firstLong > 0;
            int[] candidates = fallback || known == null ? allWorkers : withoutLong(known);
            int accepted = 0;
            BitSet newest = known;
            for (int i = 0; i < missing; i++) {
                Worker worker =
                        workers[fallback ? random.nextInt(firstLong) : candidates[random.nextInt(candidates.length)]];
                // If no worker is kept for short tasks, the last ones asked must take what is left.
                if (!worker.hasLong() || round > ROUNDS) {
                    // Messages of the rounds as Eagle's own simulator has them: 1, 2, 2.
                    send(job, worker.number(), round / 2 + 1, null);
                    accepted++;
                }
                if (worker.bitmapAt() > knownAt) {
                    knownAt = worker.bitmapAt();
                    newest = worker.bitmap();
                }
            }
            missing -= accepted;
            known = newest;
        }
    }

    /** All workers but those in the bitmap, where those kept for short tasks never are; all if there is no other. */
    private int[] withoutLong(BitSet longWorkers) {
        int[] without = new int[workers.length - longWorkers.cardinality()];
        if (without.length == 0) {
            return allWorkers;
        }
        int found = 0;
        for (int worker = longWorkers.nextClearBit(0);
                worker < workers.length;
                worker = longWorkers.nextClearBit(worker + 1)) {
            without[found++] = worker;
        }
        return without;
    }

    private void send(ProbedJob job, int number, int messages, @Nullable Bitmap bitmap) {
        (messages == 1 ? oneMessage : roundTrip).send(new Event() {
            @Override
            void happen() {
                Worker worker = workers[number];
                worker.enqueue(new Probe(job, worker.hasLong()));
                if (bitmap != null) {
                    worker.learn(bitmap.now(), simulation.now());
                }
                if (!worker.isBusy()) {
                    serve(worker);
                }
            }
        });
    }

    /** The worker's slot is free: it asks for the next task of the probe whose turn it is. */
    private void serve(Worker worker) {
        int position = probing.shortestFirst() ? worker.shortestRemaining(longGoesFirst) : worker.isEmpty() ? -1 : 0;
        if (position < 0) {
            if (probing.stealAttempts() > 0) {
                steal(worker);
            }
            return;
        }
        Probe probe = worker.get(position);
        ProbedJob job = probe.job();
        boolean hasTask = job.hasTask();
        worker.take(job.isLong());
        if (!hasTask || !probing.sticky() || job.isLong()) {
            worker.remove(position);
        }
        if (!hasTask) {
            roundTrip.send(new Released(worker));
            return;
        }
        worker.bypassUpTo(position, longGoesFirst && job.isLong() ? 0 : job.estimateSeconds());
        if (probe.behindLong() && !job.isLong()) {
            run.tally().waitedBehindLong();
        }
        start(worker, job);
    }

    private void start(Worker worker, ProbedJob job) {
        long now = simulation.now();
        long answered = now + 2 * costs.networkNanos();
        boolean isBooked = probing.isCentral(job);
        if (isBooked) {
            placed.started(worker.number(), job.estimateSeconds(), now);
        }
        int task = job.job().started();
        long duration = job.takeTask();
        run.tally().placed();
        run.journal().happened(EventKind.LAUNCH, worker.number(), job.job(), task);
        if (probing.shortestFirst()) {
            roundTrip.send(new Event() {
                @Override
                void happen() {
                    job.hearOfTask();
                }
            });
        }
        simulation.at(answered + costs.startNanos() + duration, new Event() {
            @Override
            void happen() {
                if (isBooked) {
                    placed.ended(worker.number(), job.estimateSeconds());
                }
                run.journal().happened(EventKind.FINISH, worker.number(), job.job(), task);
                job.job().taskEnded(simulation.now());
                worker.release();
                serve(worker);
            }
        });
    }

    private void steal(Worker thief) {
        for (int attempt = 0; attempt < probing.stealAttempts(); attempt++) {
            Worker victim = workers[firstLong + random.nextInt(workers.length - firstLong)];
            List<Probe> stolen = victim.giveShortBehindLong();
            if (!stolen.isEmpty()) {
                stolen.forEach(probe -> thief.enqueue(new Probe(probe.job(), false)));
                serve(thief);
                return;
            }
        }
    }

    /** The worker had asked a job that had no task left. */
    private final class Released extends Event {
        private final Worker worker;

        Released(Worker worker) {
            this.worker = worker;
        }

        @Override
        void happen() {
            worker.release();
            serve(worker);
        }
    }

    /** The workers with long tasks, as they were when the first of a job's tasks came in; made once for all of them. */
    private final class Bitmap {
        private @Nullable BitSet snapshot;

        BitSet now() {
            BitSet known = snapshot;
            if (known == null) {
                known = (BitSet) placed.occupied().clone();
                snapshot = known;
            }
            return known;
        }
    }
}
