/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskView;
import io.kairos.yarn.watch.Quantiles;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a node has decided since it started, and how long its pauses were. It hears of decisions on the agent's thread and is read
 * by any.
 */
final class NodeCounters<K> implements AgentListener<K>, AutoCloseable {
    static final String PAUSE_LENGTHS = "Pause60s";
    static final String PAUSE_UNIT = "LengthMs";
    static final String PAUSE_DESCRIPTION =
            "Lengths of the pauses that ended in the last whole minute, by a resume or the task's end, milliseconds";

    final LongAdder launches = new LongAdder();
    final LongAdder holds = new LongAdder();
    final LongAdder preemptions = new LongAdder();
    final LongAdder resumes = new LongAdder();
    final LongAdder pulses = new LongAdder();
    final LongAdder guarantees = new LongAdder();
    final LongAdder finished = new LongAdder();
    final LongAdder pausedMillis = new LongAdder();
    final LongAdder pauseFailures = new LongAdder();
    final LongAdder resumeFailures = new LongAdder();
    final LongAdder repairs = new LongAdder();
    final LongAdder policyFailures = new LongAdder();
    final LongAdder holdsNotMade = new LongAdder();
    final LongAdder pausesNotMade = new LongAdder();

    private final Quantiles pauseLengths = new Quantiles(PAUSE_LENGTHS, PAUSE_DESCRIPTION, PAUSE_UNIT);

    /** When the pauses under way began; the agent's thread alone uses it. */
    private final Map<K, Long> pausedSince = new HashMap<>();

    Quantiles pauseLengths() {
        return pauseLengths;
    }

    @Override
    public void decided(Decision<K> decision) {
        switch (decision.action()) {
            case HOLD -> holds.increment();
            case LAUNCH -> launches.increment();
            case PAUSE -> {
                preemptions.increment();
                pausedSince.put(decision.task(), decision.timeNanos());
            }
            case RESUME -> {
                resumes.increment();
                pauseEnded(decision.task(), decision.timeNanos());
            }
            case PULSE_START -> pulses.increment();
            case PULSE_END -> {} // the end of what was counted
            case GUARANTEE -> guarantees.increment();
        }
    }

    @Override
    public void observed(Decision<K> decision) {
        if (decision.action() == Decision.Action.HOLD) {
            holdsNotMade.increment();
        } else if (decision.action() == Decision.Action.PAUSE) {
            pausesNotMade.increment();
        }
    }

    @Override
    public void finished(TaskView<K> last, long timeNanos, int running, int paused, int held) {
        finished.increment();
        pauseEnded(last.request().task(), timeNanos);
    }

    @Override
    public void undone(Decision<K> decision, Throwable cause) {
        if (decision.action() == Decision.Action.PAUSE) {
            pausedSince.remove(decision.task());
        } else if (decision.action() == Decision.Action.RESUME) {
            pausedSince.put(decision.task(), decision.timeNanos()); // it goes on; what was before is counted
        }
        if (cause instanceof TaskEndingException) {
            return; // it came too late, nothing is broken
        }
        switch (decision.action()) {
            case PAUSE, PULSE_END -> pauseFailures.increment();
            default -> resumeFailures.increment();
        }
    }

    @Override
    public void repaired(K task, boolean shouldBeFrozen) {
        repairs.increment();
    }

    @Override
    public void policyFailed(Throwable cause) {
        policyFailures.increment();
        pausedSince.clear(); // all are thawed
    }

    @Override
    public void forgotten(K task) {
        pausedSince.remove(task);
    }

    @Override
    public void failed(String what, Throwable cause) {}

    private void pauseEnded(K task, long nowNanos) {
        Long since = pausedSince.remove(task);
        if (since != null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - since);
            pauseLengths.add(millis);
            pausedMillis.add(millis);
        }
    }

    @Override
    public void close() {
        pauseLengths.close();
    }
}
