/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportReply;
import io.kairos.yarn.rm.page.Page;
import io.kairos.yarn.watch.Quantiles;
import io.kairos.yarn.watch.Source;
import io.kairos.yarn.watch.TableBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.NodeType;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ContainerAllocationProposal;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.jspecify.annotations.Nullable;

/**
 * What the ResourceManager shows of the central tier: metrics, the JMX bean Kairos with the nodes and the newest placements, and the
 * page.
 * Thread-safe, but {@link #place} is for one thread.
 */
final class CentralSight implements AutoCloseable {
    private static final int NEWEST = 50;

    /** Keeping each try's time for the percentiles would take a twentieth of the try. */
    private static final int TRIES_A_MEASUREMENT = 8;

    private final KairosScheduler scheduler;
    private final TaskCount tasks;
    private final CentralCounters counters;
    private final PlacementBook placements = new PlacementBook();
    private final ReportedLoads loads;

    /** Opened with the rest: it has a timer. */
    private @Nullable Quantiles latencies;

    private @Nullable Source<CentralMetrics.Now> source;
    private @Nullable TableBean bean;
    private @Nullable Page page;

    /** This and what follows is the placement thread's. */
    private long tries;

    /** How the node that is filled now stood when it was chosen. */
    private NodeLoads.@Nullable Standing standing;

    /** Whether that node is filled because asks name it. */
    private boolean named;

    CentralSight(KairosScheduler scheduler, TaskCount tasks, CentralCounters counters, ReportedLoads loads) {
        this.scheduler = scheduler;
        this.tasks = tasks;
        this.counters = counters;
        this.loads = loads;
    }

    /** From now on it can be seen. */
    void open(ReportBook book, Supplier<CentralSettings> settings) {
        SchedulerView view = new SchedulerView(scheduler, tasks, loads, book, placements, settings);
        Quantiles decisions = new Quantiles(
                CentralMetrics.DECISIONS, CentralMetrics.DECISION_DESCRIPTION, CentralMetrics.DECISION_UNIT);
        latencies = decisions;
        source = Source.open(
                CentralMetrics.RECORD,
                "Placement of tasks by Kairos",
                () -> "",
                CentralMetrics.READ,
                List.of(decisions),
                () -> new CentralMetrics.Now(view.nodes(), counters));
        bean = new TableBean.Builder("Kairos in this ResourceManager")
                .value("Mode", String.class, view::mode)
                .value("Policy", String.class, view::policy)
                .value("Placements", Long.class, counters::placements)
                .value("BoundRejections", Long.class, counters::boundRejections)
                .value("PlacementErrors", Long.class, counters::errors)
                .table("Nodes", view::nodes)
                .table("NewestPlacements", () -> view.newestPlacements(NEWEST))
                .keyedTable("Placement", view::placements)
                .keyedTable("WorkLeft", view::allWorkLeft)
                .open("ResourceManager", "Kairos");
        page = Page.open(view, scheduler.getRMContext());
    }

    /** The same answers; what the reports say of their nodes is kept to be shown. */
    Function<LoadReport, LoadReportReply> watching(ReportBook book, Function<LoadReport, LoadReportReply> desk) {
        return report -> {
            LoadReportReply reply = desk.apply(report);
            loads.answered(report, book);
            return reply;
        };
    }

    /** The node left. */
    void forget(NodeId node) {
        loads.forget(node);
    }

    /**
     * Runs a try to place something on a node, which is known to stand so among the others, and takes its time.
     *
     * @param namedByAsks whether that is why the node is tried
     */
    void place(NodeLoads.Standing stands, boolean namedByAsks, Runnable tryOut) {
        boolean measured = ++tries % TRIES_A_MEASUREMENT == 0;
        long start = measured ? System.nanoTime() : 0;
        standing = stands;
        named = namedByAsks;
        try {
            tryOut.run();
        } finally {
            standing = null;
            named = false;
            Quantiles open = latencies;
            if (measured && open != null) {
                open.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            }
        }
    }

    /**
     * That was placed, as it was planned.
     *
     * @param inPlace whether the caller is within {@link #place}; else the stock scheduler or a constraint chose the node
     */
    void placed(Planned planned, boolean inPlace) {
        NodeLoads.Standing known = inPlace ? standing : null;
        placements.add(new Placement(
                System.currentTimeMillis(),
                planned.container().getContainerId(),
                planned.node().getNodeID(),
                planned.isTask(),
                known != null ? known.tasks() : planned.tasks(),
                planned.bound(),
                known,
                inPlace && named ? choice(planned.proposal()) : Placement.Choice.BY_LOAD));
    }

    private static Placement.Choice choice(
            ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> allocation) {
        return allocation.getAllocationLocalityType() == NodeType.NODE_LOCAL
                ? Placement.Choice.NAMED
                : Placement.Choice.NAMED_BY_ANOTHER;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (bean != null) {
            bean.close();
        }
        if (page != null) {
            page.close();
        }
    }
}
