/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.Sharing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The job with least work left first, as far as is known, or the first that came; and of each job only so much that shares slots with others.
 */
final class LearnedQueue implements AskQueue {
    private final LearnedJobs jobs;
    private final boolean isByWorkLeft;
    private final Sharing sharing;
    private final Comparator<LearnedJob> order;
    /** Jobs that may have a place where they share a slot. */
    private final NavigableSet<LearnedJob> eager;
    /** Those that wait for a free one. */
    private final NavigableSet<LearnedJob> heldBack;

    private int told;

    LearnedQueue(LearnedJobs jobs, Learning.Queue first, Sharing sharing) {
        this.jobs = jobs;
        this.isByWorkLeft = first == Learning.Queue.WORK_LEFT;
        this.sharing = sharing;
        Comparator<LearnedJob> byArrival = Comparator.comparing(LearnedJob::job, SimulatedJob.BY_SUBMISSION);
        this.order = isByWorkLeft
                ? Comparator.comparingDouble(LearnedJob::keySeconds).thenComparing(byArrival)
                : byArrival;
        this.eager = new TreeSet<>(order);
        this.heldBack = new TreeSet<>(order);
    }

    @Override
    public void add(SimulatedJob job, int tasks) {
        LearnedJob learned = jobs.of(job);
        sort();
        remove(learned);
        learned.await(tasks);
        put(learned);
    }

    @Override
    public @Nullable SimulatedJob next(boolean hasFreeSlot, double victimSeconds) {
        sort();
        LearnedJob next = hasFreeSlot ? firstOfAll() : firstToShare(victimSeconds);
        return next == null ? null : next.job();
    }

    private @Nullable LearnedJob firstOfAll() {
        if (heldBack.isEmpty()) {
            return eager.isEmpty() ? null : eager.first();
        }
        LearnedJob waiting = heldBack.first();
        return eager.isEmpty() || order.compare(waiting, eager.first()) < 0 ? waiting : eager.first();
    }

    private @Nullable LearnedJob firstToShare(double victimSeconds) {
        for (LearnedJob job : eager) {
            if (sharing.isWorthwhile(job.keySeconds(), victimSeconds)) {
                return job;
            }
            if (isByWorkLeft) {
                return null; // the others have more
            }
        }
        return null;
    }

    @Override
    public void placed(SimulatedJob job) {
        LearnedJob learned = jobs.of(job);
        remove(learned);
        learned.place();
        put(learned);
    }

    @Override
    public void left(SimulatedJob job) {
        LearnedJob learned = jobs.of(job);
        sort();
        remove(learned);
        learned.leave();
        put(learned);
    }

    @Override
    public boolean isEmpty() {
        return eager.isEmpty() && heldBack.isEmpty();
    }

    private void remove(LearnedJob job) {
        if (job.waiting() > 0) {
            (sharing.isOpenTo(job.placed()) ? eager : heldBack).remove(job);
        }
    }

    private void put(LearnedJob job) {
        if (job.waiting() > 0) {
            (sharing.isOpenTo(job.placed()) ? eager : heldBack).add(job);
        }
    }

    /** Keys change all at once: then the sets are made anew. */
    private void sort() {
        int now = jobs.tell();
        if (!isByWorkLeft || now == told) {
            return;
        }
        told = now;
        List<LearnedJob> all = new ArrayList<>(eager);
        all.addAll(heldBack);
        eager.clear();
        heldBack.clear();
        all.forEach(this::put);
    }
}
