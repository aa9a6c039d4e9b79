/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.TaskView.State;

/**
 * One task on the node: its state, its accounts of time, and the moments its rights begin and end.
 *
 * <p>Its attained service is a settled amount plus, while it is thawed, the time since it was settled; that of a {@link
 * CountedTask} is what a counter says. Nothing is counted down, so a late tick loses and adds nothing. {@link TaskTable} alone
 * changes states, because its sums follow them; the fields below "rights" belong to the policies that name them.
 */
class Task<K> {
    /** Its terms may change. */
    TaskRequest<K> request;
    /** Slots it takes on this node: what it asks for, at most all. */
    int slots;
    /** Place in the order of arrival. */
    final long sequence;

    State state = State.HELD;
    /** Paused, but thawed for a keep-alive pulse. */
    boolean pulsing;

    /** Service attained up to the last settlement. */
    long settledAttained;

    private long settledPaused;
    private long settledAt;

    /** Times it was paused in all. */
    int preemptions;

    // Rights: NodeScheduler
    /** Its arrival was answered by a hold. */
    boolean holdAnnounced;
    /** When the current quantum ends. */
    long quantumEnd;
    /** The first end of a quantum at which somebody could take its place, as things stand. */
    long decisiveEnd;
    /** A victim whose pause failed is left alone until then. */
    long exemptUntil = Moments.BEFORE_ALL;
    /** It runs because of a resume, which may yet turn out to have failed. */
    boolean resumed;
    /** Its last resume failed. */
    boolean resumeFailed;
    /** No resume before this moment. */
    long retryAt = Moments.BEFORE_ALL;

    // Rights: Guarantee
    int preemptionsSinceGuarantee;
    long guaranteedUntil = Moments.BEFORE_ALL;
    /** When the pause began; pulses do not interrupt it. */
    long pausedSince;

    // Rights: KeepAlive
    /** When it was frozen by its pause, or thawed for its latest pulse. */
    long heardFrom;
    /** When it is thawed at the latest; kept over a resume, which may turn out to have failed. */
    long pulseDue = Moments.NEVER;
    /** When its pulse ends. */
    long thawedUntil;
    /** It was last frozen by the end of a pulse, not by a pause. */
    boolean refrozen;
    /** The end of its pulse could not be carried out. */
    boolean freezeFailed;

    Task(TaskRequest<K> request, int slots, long sequence, long attainedNanos, long now) {
        this.request = request;
        this.slots = slots;
        this.sequence = sequence;
        this.settledAttained = attainedNanos;
        this.settledAt = now;
        this.heardFrom = now;
    }

    /** True while its process can make progress. */
    boolean thawed() {
        return state == State.RUNNING || pulsing;
    }

    /** True while its attained service grows as time passes. */
    boolean grows() {
        return thawed();
    }

    boolean launched() {
        return state != State.HELD;
    }

    boolean holdsSlots() {
        return state == State.RUNNING || state == State.LAUNCHING;
    }

    long attained(long now) {
        return grows() ? settledAttained + (now - settledAt) : settledAttained;
    }

    /** Takes what a counter says as service. */
    void observe(Reading<K> reading) {
        throw new IllegalStateException("a reading of CPU time, where attained service is wall time: " + reading);
    }

    /** Attained service as the policy sees it. */
    double aged(long now) {
        return attained(now) / request.weight();
    }

    double priority(TaskOrder order, long now) {
        return order.priority(request.application(), aged(now));
    }

    /** Books the time since the last settlement to where the task spent it. */
    void settle(long now) {
        settledAttained = attained(now);
        settledPaused = paused(now);
        settledAt = now;
    }

    /** Books the time since the last settlement as service: a freeze was decided but never happened. */
    void settleAsService(long now) {
        settledAttained += now - settledAt;
        settledAt = now;
    }

    /** May be paused in favour of another one now. */
    boolean mayBeVictim(long now) {
        return state == State.RUNNING && request.preemptable() && protectedUntil() <= now;
    }

    long protectedUntil() {
        return Math.max(guaranteedUntil, exemptUntil);
    }

    /** Starts a quantum. */
    void startQuantum(long quantumNanos, long now) {
        quantumEnd = Moments.after(now, quantumNanos);
        decisiveEnd = quantumEnd;
    }

    /** The quantum under way lasts no longer than one of the new length would. */
    void shortenQuantum(long quantumNanos, long now) {
        quantumEnd = Math.min(quantumEnd, Moments.after(now, quantumNanos));
        decisiveEnd = quantumEnd;
    }

    /** Renews a quantum that ended, in whole steps from its start, so that late ticks do not make quanta drift. */
    void renewQuantum(long quantumNanos, long now) {
        if (quantumEnd <= now) {
            long missed = (now - quantumEnd) / quantumNanos;
            quantumEnd = Moments.after(quantumEnd, (missed + 1) * quantumNanos);
            decisiveEnd = Math.max(decisiveEnd, quantumEnd);
        }
    }

    /** Lets the quanta pass that ended before now and at whose ends nobody could take its place. */
    void passQuanta(long quantumNanos, long now) {
        if (quantumEnd < decisiveEnd && quantumEnd < now) {
            renewQuantum(quantumNanos, Math.min(now - 1, decisiveEnd - quantumNanos));
        }
    }

    /** Whatever was known of who could take its place when is void: each end of a quantum may be decisive. */
    void decideAtEachEnd() {
        decisiveEnd = quantumEnd;
    }

    /** Nobody can take its place before that moment, if nothing happens until then. */
    void decideFrom(long moment, long quantumNanos) {
        if (moment == Moments.NEVER) {
            decisiveEnd = Moments.NEVER;
        } else {
            long needless = moment <= quantumEnd ? 0 : (moment - quantumEnd - 1) / quantumNanos + 1;
            decisiveEnd = Moments.after(quantumEnd, needless * quantumNanos);
        }
    }

    TaskView<K> view(long now) {
        boolean guaranteed = state == State.RUNNING && guaranteedUntil > now;
        return new TaskView<>(request, state, attained(now), preemptions, paused(now), pulsing, guaranteed);
    }

    private long paused(long now) {
        return state == State.PAUSED && !pulsing ? settledPaused + (now - settledAt) : settledPaused;
    }
}
