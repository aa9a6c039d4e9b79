/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.ServiceSummary;
import io.kairos.yarn.watch.Metric;
import io.kairos.yarn.watch.Quantiles;
import java.util.ArrayList;
import java.util.List;

/** The metrics of a NodeManager's node tier, one row each: docs/metrics.md is made from them. */
public final class NodeMetrics {
    /** The name of the source and its record. */
    public static final String RECORD = "KairosNodeMetrics";

    private static final double NANOS_PER_SECOND = 1e9;

    /** A node at one moment. */
    record Now(int slots, ServiceSummary load, NodeCounters<?> done, boolean pausingOff, double reportAgeSeconds) {}

    static final List<Metric<Now>> READ = List.of(
            Metric.gauge("Slots", "Tasks the node runs at a time, N", Now::slots),
            Metric.gauge("RunningTasks", "Current # of tasks that have slots", now -> now.load()
                    .running()),
            Metric.gauge("PausedTasks", "Current # of paused tasks", now -> now.load()
                    .paused()),
            Metric.gauge("HeldTasks", "Current # of tasks not launched yet", now -> now.load()
                    .held()),
            Metric.measure(
                    "AttainedServiceMeanSeconds",
                    "Mean attained service of the node's tasks, each over its weight, seconds",
                    now -> now.load().meanNanos() / NANOS_PER_SECOND),
            Metric.measure(
                    "AttainedServiceVariance",
                    "Variance of the attained service of the node's tasks, each over its weight, seconds squared",
                    now -> now.load().varianceNanos2() / (NANOS_PER_SECOND * NANOS_PER_SECOND)),
            Metric.counter("TasksLaunched", "# of launches of tasks", now -> now.done()
                    .launches
                    .sum()),
            Metric.counter("TasksFinished", "# of tasks that left the node", now -> now.done()
                    .finished
                    .sum()),
            Metric.counter("LaunchHolds", "# of tasks whose launch was held on arrival", now -> now.done()
                    .holds
                    .sum()),
            Metric.counter("Preemptions", "# of pauses decided, those that failed among them", now -> now.done()
                    .preemptions
                    .sum()),
            Metric.counter(
                    "Resumes", "# of resumes decided", now -> now.done().resumes.sum()),
            Metric.counter("Pulses", "# of keep-alive pulses of paused tasks", now -> now.done()
                    .pulses
                    .sum()),
            Metric.counter(
                    "GuaranteeGrants",
                    "# of times a task was granted uninterrupted service, preempted too often or paused too long",
                    now -> now.done().guarantees.sum()),
            Metric.counter(
                    "PausedMs",
                    "Time tasks were paused, pulses included, of the pauses that ended, milliseconds",
                    now -> now.done().pausedMillis.sum()),
            Metric.counter(
                    "PauseFailures",
                    "# of pauses that could not be carried out; the task ran on",
                    now -> now.done().pauseFailures.sum()),
            Metric.counter(
                    "ResumeFailures",
                    "# of resumes that could not be carried out; they are tried again",
                    now -> now.done().resumeFailures.sum()),
            Metric.counter(
                    "Repairs",
                    "# of tasks found frozen or thawed by somebody else, and put right",
                    now -> now.done().repairs.sum()),
            Metric.counter(
                    "PolicyFailures",
                    "# of failures of the policy itself; every task is thawed then and it begins anew",
                    now -> now.done().policyFailures.sum()),
            Metric.counter(
                    "HoldsNotMade",
                    "# of launches that would have been held, had the node not only observed",
                    now -> now.done().holdsNotMade.sum()),
            Metric.counter(
                    "PausesNotMade",
                    "# of pauses that would have been made, had the node not only observed",
                    now -> now.done().pausesNotMade.sum()),
            Metric.gauge(
                    "PausingOff",
                    "1 while nothing is paused because pauses failed again and again, else 0",
                    now -> now.pausingOff() ? 1 : 0),
            Metric.measure(
                    "ReportAgeSeconds",
                    "Time since the ResourceManager last took a load report of this node, seconds",
                    Now::reportAgeSeconds));

    /** Every row. */
    public static List<Metric<?>> all() {
        List<Metric<?>> rows = new ArrayList<>(READ);
        rows.add(Quantiles.row(NodeCounters.PAUSE_LENGTHS, NodeCounters.PAUSE_UNIT, NodeCounters.PAUSE_DESCRIPTION));
        return rows;
    }

    private NodeMetrics() {}
}
