/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.metrics.EventRecord;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks nodes ran, had paused and held over a run: means over equal steps of time. It follows each task through
 * its events, so it needs the same events of every scheduler, the baselines included. What it holds grows with the nodes that are
 * asked for and with the tasks that are there at a time, not with the events.
 */
final class Timeline {
    /** Where a task is on its node; the order is that of the layers. */
    enum State {
        RUNNING,
        PAUSED,
        HELD
    }

    /** A task's present state on its node and since when it is in it. */
    private record Stay(String node, State state, double since) {}

    private final double spanSeconds;
    private final int steps;
    private final SortedMap<String, Map<State, double[]>> meansByNode = new TreeMap<>();
    private final Map<String, Stay> stays = new HashMap<>();

    /**
     * A timeline of one run, of which nothing has happened yet.
     *
     * @param nodes that are shown
     * @param spanSeconds the time shown, from 0
     * @param steps number of steps it is cut into
     */
    Timeline(Collection<String> nodes, double spanSeconds, int steps) {
        this.spanSeconds = spanSeconds;
        this.steps = steps;
        nodes.forEach(node -> meansByNode.put(node, empty()));
    }

    /** By node: for each state the mean number of tasks in each step. */
    SortedMap<String, Map<State, double[]>> meansByNode() {
        return meansByNode;
    }

    /** Events come in order of time, those of other nodes too: a task may go from one to another. */
    void add(EventRecord event) {
        Stay before = stays.get(event.task());
        State after = stateAfter(event, before == null ? null : before.state());
        if (before != null) {
            credit(before, event.timeSeconds());
        }
        if (after == null) {
            stays.remove(event.task());
        } else {
            stays.put(event.task(), new Stay(event.node(), after, event.timeSeconds()));
        }
    }

    /** What has not ended lasts to the end. */
    void end() {
        stays.values().forEach(stay -> credit(stay, spanSeconds));
        stays.clear();
    }

    private Map<State, double[]> empty() {
        Map<State, double[]> layers = new EnumMap<>(State.class);
        for (State state : State.values()) {
            layers.put(state, new double[steps]);
        }
        return layers;
    }

    private static @Nullable State stateAfter(EventRecord event, @Nullable State before) {
        return switch (event.kind()) {
            case LAUNCH, RESUME -> State.RUNNING;
            case PAUSE -> State.PAUSED;
            case HOLD -> State.HELD;
            case FINISH, FAIL, KILL -> null;
            case PLACE, PULSE_START, PULSE_END, GUARANTEE -> before;
        };
    }

    private void credit(Stay stay, double until) {
        double[] layer = meansByNode.getOrDefault(stay.node(), Map.of()).get(stay.state());
        if (layer == null) {
            return;
        }
        double step = spanSeconds / steps;
        int first = (int) Math.max(0, Math.floor(stay.since() / step));
        for (int i = first; i < steps && i * step < until; i++) {
            double overlap = Math.min(until, (i + 1) * step) - Math.max(stay.since(), i * step);
            layer[i] += Math.max(0, overlap) / step;
        }
    }
}
