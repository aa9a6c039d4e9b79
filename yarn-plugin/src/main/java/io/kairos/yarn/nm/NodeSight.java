/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskView;
import io.kairos.yarn.Version;
import io.kairos.yarn.protocol.Tally;
import io.kairos.yarn.watch.Source;
import io.kairos.yarn.watch.TableBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * What a NodeManager shows of its node tier: metrics, and the JMX bean Kairos with its tasks and what was decided of them. It
 * hears of decisions on the agent's thread; whoever reads asks that thread and waits at most a moment.
 */
final class NodeSight implements AgentListener<ContainerId>, AutoCloseable {
    private static final long ANSWER_MS = 500;
    private static final int NEWEST = 50;
    private static final ServiceSummary NOTHING = new ServiceSummary(0, 0, 0, 0, 0, 0, 0, Map.of());

    private final Supplier<String> node;
    private final IntSupplier slots;
    private final WallClock clock = new WallClock(System::nanoTime, System::currentTimeMillis);
    private final NodeCounters<ContainerId> counters = new NodeCounters<>();
    private final DecisionHistory history = new DecisionHistory();
    private volatile ServiceSummary lastLoad = NOTHING;
    private @Nullable Source<NodeMetrics.Now> source;
    private @Nullable TableBean bean;

    /**
     * @param node the node's name, as far as it is known yet
     * @param slots N as it is now
     */
    NodeSight(Supplier<String> node, IntSupplier slots) {
        this.node = node;
        this.slots = slots;
    }

    /**
     * From now on it can be seen.
     *
     * @param pausingOff why nothing is paused, empty while pausing works
     * @param reportAge seconds since the ResourceManager took a report
     * @param settingsRefused why the last change of yarn-site.xml was refused, empty if it was not
     */
    void open(
            NodeAgent<ContainerId> agent,
            Supplier<Optional<String>> pausingOff,
            DoubleSupplier reportAge,
            Supplier<String> settingsRefused) {
        source = Source.open(
                NodeMetrics.RECORD,
                "Tasks of this node under Kairos",
                node,
                NodeMetrics.READ,
                List.of(counters.pauseLengths()),
                () -> new NodeMetrics.Now(
                        slots.getAsInt(),
                        load(agent),
                        counters,
                        pausingOff.get().isPresent(),
                        reportAge.getAsDouble()));
        bean = new TableBean.Builder("Kairos on this node")
                .value("NodeId", String.class, node)
                .value("Version", String.class, Version::text)
                .value("TimeMs", Long.class, System::currentTimeMillis)
                .value("SettingsRefused", String.class, settingsRefused)
                .value("Slots", Integer.class, slots::getAsInt)
                .value("PausingOff", String.class, () -> pausingOff.get().orElse(""))
                .value("ReportAgeSeconds", Double.class, reportAge::getAsDouble)
                .value("GuaranteeGrants", Long.class, counters.guarantees::sum)
                .value("PauseFailures", Long.class, counters.pauseFailures::sum)
                .table("Tasks", () -> tasks(agent))
                .table("NewestDecisions", () -> history.newest(NEWEST))
                .keyedTable("Decisions", history::of)
                .open("NodeManager", "Kairos");
    }

    /** What the node has done since it started, for the ResourceManager. */
    Tally tally(Optional<String> pausingOff) {
        return new Tally(counters.guarantees.sum(), counters.pauseFailures.sum(), pausingOff.orElse(""));
    }

    @Override
    public void decided(Decision<ContainerId> decision) {
        counters.decided(decision);
        history.add(DecisionRow.of(decision, clock.at(decision.timeNanos()), DecisionWords.of(decision)));
    }

    @Override
    public void observed(Decision<ContainerId> decision) {
        counters.observed(decision);
        DecisionRow row = DecisionRow.of(decision, clock.at(decision.timeNanos()), DecisionWords.of(decision));
        history.add(row.observed());
    }

    @Override
    public void finished(TaskView<ContainerId> last, long timeNanos, int running, int paused, int held) {
        counters.finished(last, timeNanos, running, paused, held);
        TaskRow task = TaskRow.of(last);
        history.add(new DecisionRow(
                clock.at(timeNanos),
                task.container(),
                "FINISH",
                last.state().name(),
                task.attainedSeconds(),
                task.weight(),
                task.preemptions(),
                "",
                0,
                1,
                running,
                paused,
                held,
                String.format(
                        Locale.ROOT,
                        "left the node, with %.1f s of service attained; it was paused %d times, %.1f s in all",
                        task.attainedSeconds(),
                        task.preemptions(),
                        task.pausedSeconds())));
        history.end(task.container());
    }

    @Override
    public void undone(Decision<ContainerId> decision, Throwable cause) {
        counters.undone(decision, cause);
        DecisionRow done = DecisionRow.of(decision, clock.at(decision.timeNanos()), "");
        history.add(new DecisionRow(
                done.timeMs(),
                done.container(),
                "FAILED",
                done.action(),
                done.attainedSeconds(),
                done.weight(),
                done.preemptions(),
                done.other(),
                done.otherAttainedSeconds(),
                done.otherWeight(),
                done.running(),
                done.paused(),
                done.held(),
                "that could not be done: " + cause.getMessage()));
    }

    @Override
    public void repaired(ContainerId task, boolean shouldBeFrozen) {
        counters.repaired(task, shouldBeFrozen);
    }

    @Override
    public void policyFailed(Throwable cause) {
        counters.policyFailed(cause);
    }

    @Override
    public void forgotten(ContainerId task) {
        counters.forgotten(task);
        history.end(task.toString());
    }

    @Override
    public void failed(String what, Throwable cause) {
        counters.failed(what, cause);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (bean != null) {
            bean.close();
        }
        counters.close();
    }

    private List<TaskRow> tasks(NodeAgent<ContainerId> agent) {
        return answer(agent.tasks(), List.of()).stream().map(TaskRow::of).toList();
    }

    private ServiceSummary load(NodeAgent<ContainerId> agent) {
        ServiceSummary load = answer(agent.summary(), lastLoad);
        lastLoad = load;
        return load;
    }

    /** What the agent answers, or the other if it is too busy to answer soon. */
    private static <T> T answer(CompletableFuture<T> asked, T otherwise) {
        try {
            return asked.get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }
}
