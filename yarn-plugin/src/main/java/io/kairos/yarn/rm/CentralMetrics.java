/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.watch.Metric;
import io.kairos.yarn.watch.Quantiles;
import java.util.ArrayList;
import java.util.List;

/** The metrics of the ResourceManager's central tier, one row each: docs/metrics.md is made from them. */
public final class CentralMetrics {
    /** The name of the source and its record. */
    public static final String RECORD = "KairosSchedulerMetrics";

    static final String DECISIONS = "Decision60s";
    static final String DECISION_UNIT = "LatencyUs";
    static final String DECISION_DESCRIPTION =
            "Time one try to place a container on a chosen node took, of every eighth in the last whole minute, microseconds";

    /** The central tier at one moment. */
    record Now(List<NodeRow> nodes, CentralCounters done) {}

    static final List<Metric<Now>> READ = List.of(
            Metric.gauge("Nodes", "Current # of nodes", now -> now.nodes().size()),
            Metric.gauge(
                    "NodesWithoutReport",
                    "Current # of nodes that have sent no load report: they count as stock ones",
                    now -> now.nodes().stream()
                            .filter(node -> !node.hasReported())
                            .count()),
            Metric.measure(
                    "OldestReportAgeSeconds",
                    "Age of the oldest of the nodes' last load reports, seconds",
                    now -> now.nodes().stream()
                            .mapToDouble(NodeRow::reportAgeSeconds)
                            .filter(age -> age >= 0)
                            .max()
                            .orElse(0)),
            Metric.gauge("Tasks", "Current # of tasks placed and not ended, of all nodes", now -> now.nodes().stream()
                    .mapToLong(NodeRow::tasks)
                    .sum()),
            Metric.gauge("Bound", "Tasks all nodes may have, the sum of their N + Q", now -> now.nodes().stream()
                    .mapToLong(NodeRow::bound)
                    .sum()),
            Metric.gauge(
                    "RunningTasks",
                    "Tasks that have slots, as the nodes last reported",
                    now -> now.nodes().stream().mapToLong(NodeRow::running).sum()),
            Metric.gauge("PausedTasks", "Paused tasks, as the nodes last reported", now -> now.nodes().stream()
                    .mapToLong(NodeRow::paused)
                    .sum()),
            Metric.gauge("HeldTasks", "Tasks not launched yet, as the nodes last reported", now -> now.nodes().stream()
                    .mapToLong(NodeRow::held)
                    .sum()),
            Metric.counter("Placements", "# of containers placed, application masters among them", now -> now.done()
                    .placements()),
            Metric.counter(
                    "BoundRejections", "# of proposals refused because their node was at its bound", now -> now.done()
                            .boundRejections()),
            Metric.counter(
                    "PlacementPasses",
                    "# of times the placement thread came by and something waited to be placed",
                    now -> now.done().passes()),
            Metric.counter(
                    "PlacementErrors", "# of errors caught in the placement thread, which goes on", now -> now.done()
                            .errors()),
            Metric.counter("ReportsAccepted", "# of load reports accepted", now -> now.done()
                    .acceptedReports()),
            Metric.counter(
                    "ReportsDropped",
                    "# of load reports of unknown nodes, of old epochs, or out of order",
                    now -> now.done().droppedReports()));

    /** Every row. */
    public static List<Metric<?>> all() {
        List<Metric<?>> rows = new ArrayList<>(READ);
        rows.add(Quantiles.row(DECISIONS, DECISION_UNIT, DECISION_DESCRIPTION));
        return rows;
    }

    private CentralMetrics() {}
}
