/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.central.TieBreak;
import io.kairos.yarn.protocol.EndedTasks;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.Tally;
import io.kairos.yarn.rm.page.CentralView;
import io.kairos.yarn.rm.page.WaitingRow;
import io.kairos.yarn.why.ApplicationLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplication;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.jspecify.annotations.Nullable;

/**
 * The central tier for whoever looks at it, through JMX or the page. Thread-safe; of locks it takes those of single applications, for as
 * long as one of their maps is copied.
 */
final class SchedulerView implements CentralView {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Work left of all applications. */
    static final String ALL = "all";

    private static final int LONGEST_NAME = 200;

    private final KairosScheduler scheduler;
    private final TaskCount tasks;
    private final ReportedLoads loads;
    private final ReportBook book;
    private final PlacementBook placements;
    private final Supplier<CentralSettings> settings;
    private final ApplicationAccess access;

    SchedulerView(
            KairosScheduler scheduler,
            TaskCount tasks,
            ReportedLoads loads,
            ReportBook book,
            PlacementBook placements,
            Supplier<CentralSettings> settings) {
        this.scheduler = scheduler;
        this.tasks = tasks;
        this.loads = loads;
        this.book = book;
        this.placements = placements;
        this.settings = settings;
        this.access = new ApplicationAccess(scheduler.getRMContext());
    }

    @Override
    public boolean hasPage() {
        return settings.get().hasPage();
    }

    @Override
    public String mode() {
        return scheduler.mode().toString();
    }

    @Override
    public String policy() {
        return scheduler.policy().toString();
    }

    @Override
    public CentralCounters counters() {
        return scheduler.counters();
    }

    @Override
    public List<NodeRow> nodes() {
        return scheduler.getAllNodes().stream()
                .sorted(Comparator.comparing(SchedulerNode::getNodeID))
                .map(this::row)
                .toList();
    }

    private NodeRow row(SchedulerNode node) {
        NodeId id = node.getNodeID();
        NodeCapacity capacity = scheduler.capacity(node);
        Optional<LoadReport> report = loads.of(id, book);
        Optional<Tally> tally = report.flatMap(LoadReport::tally);
        long now = System.nanoTime();
        Optional<ReportBook.Latest> latest = book.latest(id);
        double age = latest.map(last -> (now - last.arrivedNanos()) / NANOS_PER_SECOND)
                .orElse(-1.0);
        return new NodeRow(
                id.toString(),
                node.getHttpAddress(),
                node.getPartition(),
                capacity.slots(),
                capacity.bound(),
                tasks.on(node),
                report.map(LoadReport::running).orElse(0),
                report.map(LoadReport::paused).orElse(0),
                report.map(LoadReport::held).orElse(0),
                report.map(said -> said.service().mean()).orElse(0.0),
                report.map(said -> said.service().variance()).orElse(0.0),
                report.map(said -> said.mode().toString()).orElse(""),
                report.map(LoadReport::pausesNotMade).orElse(0L),
                tally.map(Tally::guarantees).orElse(-1L),
                tally.map(Tally::pauseFailures).orElse(-1L),
                tally.map(Tally::pausingOff).orElse(""),
                age,
                latest.filter(last -> book.isLate(last, now)).isPresent());
    }

    @Override
    public long asks() {
        long asks = 0;
        for (SchedulerApplication<FiCaSchedulerApp> application : applications().values()) {
            @Nullable FiCaSchedulerApp attempt = application.getCurrentAppAttempt();
            asks += attempt == null ? 0 : asks(attempt);
        }
        return asks;
    }

    /** Its master is one. */
    private static long asks(FiCaSchedulerApp attempt) {
        if (!JobAware.hasAsks(attempt)) {
            return 0;
        }
        return attempt.isWaitingForAMContainer() ? 1 : JobTasks.asked(attempt);
    }

    @Override
    public List<WaitingRow> waiting() {
        Map<ApplicationId, WorkLeft> known = scheduler.jobs().known();
        Map<ApplicationId, Double> attained = attained();
        List<Waiting> waiting = new ArrayList<>();
        applications().forEach((id, application) -> {
            @Nullable FiCaSchedulerApp attempt = application.getCurrentAppAttempt();
            long asks = attempt == null ? 0 : asks(attempt);
            if (attempt != null && asks > 0) {
                waiting.add(new Waiting(
                        id, attempt, asks, attained.getOrDefault(id, 0.0), Optional.ofNullable(known.get(id))));
            }
        });
        return waiting.stream().sorted(Waiting.ORDER).map(this::row).toList();
    }

    /** In the order in which they are served in one queue, or, where another order holds there, in which they came. */
    private record Waiting(
            ApplicationId id, FiCaSchedulerApp attempt, long asks, double attained, Optional<WorkLeft> workLeft) {
        static final Comparator<Waiting> ORDER = Comparator.comparingDouble((Waiting waiting) ->
                        waiting.workLeft().map(WorkLeft::key).orElse(0.0))
                .thenComparing(Waiting::id);
    }

    private WaitingRow row(Waiting waiting) {
        Optional<RMApp> submitted = submitted(waiting.id());
        return new WaitingRow(
                waiting.id().toString(),
                submitted.map(RMApp::getUser).orElse(""),
                submitted.map(RMApp::getName).map(SchedulerView::cut).orElse(""),
                submitted.map(RMApp::getQueue).orElse(""),
                waiting.attempt().isWaitingForAMContainer(),
                waiting.asks(),
                scheduler.jobs().tasks().placed(waiting.attempt()),
                waiting.attained(),
                waiting.workLeft().map(work -> work.row(waiting.id())).orElse(null));
    }

    /** Service of each application's tasks, seconds, as the nodes last said. */
    private Map<ApplicationId, Double> attained() {
        Map<ApplicationId, Double> attained = new HashMap<>();
        for (LoadReport report : loads.all()) {
            report.attainedByApplication().forEach((id, seconds) -> attained.merge(id, seconds, Double::sum));
            for (Map.Entry<ApplicationId, EndedTasks> ended :
                    report.endedByApplication().entrySet()) {
                attained.merge(ended.getKey(), ended.getValue().attained(), Double::sum);
            }
        }
        return attained;
    }

    @Override
    public List<PlacementRow> placements(String id) {
        try {
            return rows(
                    isApplication(id)
                            ? placements.of(ApplicationId.fromString(id))
                            : placements.of(ContainerId.fromString(id)).stream().toList());
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** The newest ones, in order. */
    List<PlacementRow> newestPlacements(int most) {
        return rows(placements.newest(most));
    }

    private List<PlacementRow> rows(Collection<Placement> some) {
        TieBreak tieBreak = settings.get().ordering().tieBreak();
        return some.stream().map(placement -> placement.row(tieBreak)).toList();
    }

    @Override
    public Set<String> nodesWith(String id) {
        Set<String> nodes = new TreeSet<>();
        try {
            for (RMContainer container : containers(id)) {
                nodes.add(container.getAllocatedNode().toString());
            }
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
        return nodes;
    }

    private Collection<RMContainer> containers(String id) {
        if (isApplication(id)) {
            @Nullable SchedulerApplication<FiCaSchedulerApp> application = applications().get(ApplicationId.fromString(id));
            @Nullable FiCaSchedulerApp attempt = application == null ? null : application.getCurrentAppAttempt();
            return attempt == null ? List.of() : attempt.getLiveContainers();
        }
        @Nullable RMContainer container = scheduler.getRMContainer(ContainerId.fromString(id));
        return container == null ? List.of() : List.of(container);
    }

    @Override
    public Optional<WorkLeftRow> workLeft(String application) {
        return allWorkLeft(application).stream().findFirst();
    }

    /** Of an application, or of {@value #ALL} that are known; none of anything else, or where the policy does not go by it. */
    List<WorkLeftRow> allWorkLeft(String id) {
        return scheduler.jobs().known().entrySet().stream()
                .filter(known -> id.equals(ALL) || id.equals(known.getKey().toString()))
                .sorted(Comparator.comparingDouble(known -> known.getValue().seconds()))
                .map(known -> known.getValue().row(known.getKey()))
                .toList();
    }

    @Override
    public Optional<ApplicationLine> application(String application) {
        return submitted(ApplicationId.fromString(application))
                .map(known -> new ApplicationLine(
                        application,
                        known.getUser(),
                        cut(known.getName()),
                        known.getQueue(),
                        known.createApplicationState().toString()));
    }

    @Override
    public Predicate<String> visibleTo(String user) {
        return access.of(user);
    }

    @Override
    public boolean hidesApplications() {
        return access.isRestricted();
    }

    /** YARN takes names of any length, and each page that is open is sent those of many applications every other second. */
    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }

    private Optional<RMApp> submitted(ApplicationId id) {
        return Optional.ofNullable(scheduler.getRMContext().getRMApps().get(id));
    }

    private Map<ApplicationId, SchedulerApplication<FiCaSchedulerApp>> applications() {
        return scheduler.getSchedulerApplications();
    }

    private static boolean isApplication(String id) {
        return id.startsWith("application_");
    }
}
