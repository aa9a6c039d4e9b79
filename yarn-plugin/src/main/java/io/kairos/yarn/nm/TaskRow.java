/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.TaskView;
import java.util.Locale;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * A task as JMX shows it.
 *
 * @param container its container
 * @param application its application
 * @param state held, launching, running, guaranteed (running, and not to be paused now) or paused
 * @param slots slots it takes while it runs
 * @param preemptable false if it is never paused
 * @param attainedSeconds service it has attained
 * @param weight what that is divided by before tasks are compared
 * @param preemptions times it was paused
 * @param pausedSeconds time it has spent paused, pulses not counted
 */
public record TaskRow(
        String container,
        String application,
        String state,
        int slots,
        boolean preemptable,
        double attainedSeconds,
        double weight,
        int preemptions,
        double pausedSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    static TaskRow of(TaskView<ContainerId> task) {
        return new TaskRow(
                task.request().task().toString(),
                task.request().application(),
                task.guaranteed() ? "guaranteed" : task.state().name().toLowerCase(Locale.ROOT),
                task.request().slots(),
                task.request().preemptable(),
                task.attainedNanos() / NANOS_PER_SECOND,
                task.request().weight(),
                task.preemptions(),
                task.pausedNanos() / NANOS_PER_SECOND);
    }

    /** Whether it has slots. */
    public boolean runs() {
        return !paused() && !held();
    }

    public boolean paused() {
        return state.equals("paused");
    }

    public boolean held() {
        return state.equals("held");
    }
}
