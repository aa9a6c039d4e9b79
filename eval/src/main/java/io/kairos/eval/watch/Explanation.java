/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import io.kairos.eval.report.Lines;
import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why containers are where they are and in the state they are in, as {@code kairos why} tells it.
 *
 * @param id a container, or an application
 * @param application as the ResourceManager shows it; absent once it ended, or where this user may not see it
 * @param workLeft of the application, where the policy goes by it
 * @param containers the one asked for, or the application's that are known, in the order they were placed
 */
public record Explanation(
        String id, @Nullable ApplicationLine application, @Nullable WorkLeftRow workLeft, List<Container> containers) {
    /** Containers of an application that are told in words; all of them are in the JSON. */
    private static final int MOST_TOLD = 20;

    /**
     * One container.
     *
     * @param node where it is or was
     * @param state of the task: held, launching, running, guaranteed, paused; ended; or unknown
     * @param task as its node knows it; absent if it is no task there
     * @param placement why it is there; absent if that was too long ago, or before the last failover
     * @param decisions of the node about it, in order
     * @param trouble why its node said nothing; empty if it did
     */
    public record Container(
            String container,
            String node,
            String state,
            @Nullable TaskRow task,
            @Nullable PlacementRow placement,
            List<DecisionRow> decisions,
            String trouble) {}

    /**
     * Asks the cluster.
     *
     * @param id a container's or an application's
     * @throws IOException one line, also if nothing is known of it
     */
    public static Explanation of(ClusterPages cluster, String id) throws IOException, InterruptedException {
        ClusterPages.Central central = cluster.central();
        List<NodeAnswer> nodes = cluster.nodes(central);
        Map<String, PlacementRow> placements = new LinkedHashMap<>();
        cluster.placements(central, id).forEach(placement -> placements.put(placement.container(), placement));
        Map<String, NodeAnswer> at = new LinkedHashMap<>();
        for (PlacementRow placement : placements.values()) {
            nodes.stream()
                    .filter(node -> node.node().nodeId().equals(placement.nodeId()))
                    .findFirst()
                    .ifPresent(node -> at.put(placement.container(), node));
        }
        for (NodeAnswer node : nodes) {
            for (TaskRow task : node.tasks()) {
                if (id.equals(task.container()) || id.equals(task.application())) {
                    at.put(task.container(), node);
                }
            }
        }
        List<Container> containers = new ArrayList<>();
        for (Map.Entry<String, NodeAnswer> where : at.entrySet()) {
            containers.add(
                    container(cluster, central, where.getKey(), where.getValue(), placements.get(where.getKey())));
        }
        for (PlacementRow placement : placements.values()) {
            if (!at.containsKey(placement.container())) {
                containers.add(new Container(
                        placement.container(),
                        placement.nodeId(),
                        "unknown",
                        null,
                        placement,
                        List.of(),
                        "the node has left the cluster"));
            }
        }
        if (containers.isEmpty()) {
            throw new IOException(id + ": not on any node of " + central.address()
                    + " and not among its newest placements; expected a container or an application of this cluster");
        }
        String application = containers.get(0).task() != null
                ? containers.get(0).task().application()
                : Optional.ofNullable(containers.get(0).placement())
                        .map(PlacementRow::application)
                        .orElse(id);
        return new Explanation(
                id,
                cluster.applications(central).get(application),
                cluster.workLeft(central, application).stream().findFirst().orElse(null),
                containers);
    }

    private static Container container(
            ClusterPages cluster,
            ClusterPages.Central central,
            String id,
            NodeAnswer node,
            @Nullable PlacementRow placement)
            throws InterruptedException {
        TaskRow task = node.tasks().stream()
                .filter(candidate -> candidate.container().equals(id))
                .findFirst()
                .orElse(null);
        List<DecisionRow> decisions = List.of();
        String trouble = node.trouble();
        if (trouble.isEmpty()) {
            try {
                decisions = cluster.decisions(central, node, id);
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
        }
        boolean ended = task == null
                && !decisions.isEmpty()
                && decisions.get(decisions.size() - 1).action().equals("FINISH");
        return new Container(
                id,
                node.node().nodeId(),
                task != null ? task.state() : ended ? "ended" : "unknown",
                task,
                placement,
                decisions,
                trouble);
    }

    /** The explanation in sentences, at most 80 columns wide. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        ApplicationLine known = application;
        if (known != null) {
            lines.addAll(Lines.wrap(
                    known.id() + ", '" + known.name() + "' of " + known.user() + " in queue " + known.queue() + ", is "
                            + known.state().toLowerCase(Locale.ROOT) + ".",
                    "    "));
        }
        if (workLeft != null) {
            lines.addAll(Lines.wrap(told(workLeft), "    "));
        }
        if (id.startsWith("container_")) {
            containers.forEach(container -> tell(container, lines));
            return lines;
        }
        lines.add(Lines.format(
                "Of its containers %d run, %d are paused, %d are held; %d have ended or are no tasks.",
                containers.stream()
                        .map(Container::task)
                        .filter(task -> task != null && task.runs())
                        .count(),
                containers.stream()
                        .map(Container::task)
                        .filter(task -> task != null && task.paused())
                        .count(),
                containers.stream()
                        .map(Container::task)
                        .filter(task -> task != null && task.held())
                        .count(),
                containers.stream()
                        .filter(container -> container.task() == null)
                        .count()));
        containers.stream()
                .filter(container -> container.task() != null)
                .limit(MOST_TOLD)
                .forEach(container -> tellShortly(container, lines));
        lines.add("More about one of them: kairos why CONTAINER.");
        return lines;
    }

    private static String told(WorkLeftRow work) {
        return Lines.format(
                "Its work left is taken for %s s: tasks not ended %d, ended %d, service attained by all of them %s s; %s.%s",
                Lines.seconds(work.seconds()),
                work.unfinished(),
                work.finished(),
                Lines.seconds(work.attainedSeconds()),
                work.usualTaskSeconds() > 0
                        ? "a task usually takes " + Lines.seconds(work.usualTaskSeconds()) + " s here"
                        : "how long a task usually takes here is not known yet",
                work.comesFirst() ? " It has waited for so long that it comes first now." : "");
    }

    private static void tell(Container container, List<String> lines) {
        lines.addAll(
                Lines.wrap(container.container() + " is on " + container.node() + ", " + stateOf(container), "    "));
        PlacementRow placement = container.placement();
        lines.addAll(Lines.wrap(
                placement == null
                        ? "Why it was placed there is not known any more: it is long ago, or another ResourceManager did."
                        : "Placed there at " + Lines.clock(placement.timeMs()) + ": " + placement.reason() + ".",
                "    "));
        TaskRow task = container.task();
        if (task != null) {
            lines.addAll(Lines.wrap(
                    Lines.format(
                            "It has attained %s s of service%s and was paused %s, %s s in all%s.",
                            Lines.seconds(task.attainedSeconds()),
                            overWeight(task),
                            Lines.times(task.preemptions()),
                            Lines.seconds(task.pausedSeconds()),
                            task.preemptable() ? "" : "; it must not be paused"),
                    "    "));
        }
        if (!container.trouble().isEmpty()) {
            lines.addAll(Lines.wrap("Its node tells nothing of it: " + container.trouble() + ".", "    "));
        }
        for (DecisionRow decision : container.decisions()) {
            lines.addAll(Lines.wrap("  " + Lines.clock(decision.timeMs()) + " " + decision.why(), "    "));
        }
    }

    /** What the service counts as where tasks are compared; nothing where that is the service itself, or no weight was told. */
    private static String overWeight(TaskRow task) {
        return task.weight() <= 0 || task.weight() == 1
                ? ""
                : Lines.format(
                        " (%s s over its weight, %s)",
                        Lines.seconds(task.attainedSeconds() / task.weight()), Lines.number(task.weight()));
    }

    private static void tellShortly(Container container, List<String> lines) {
        List<DecisionRow> decisions = container.decisions();
        lines.addAll(Lines.wrap(
                container.container() + " on " + container.node() + ", " + stateOf(container)
                        + (decisions.isEmpty()
                                ? ""
                                : " "
                                        + Lines.clock(decisions
                                                .get(decisions.size() - 1)
                                                .timeMs()) + " "
                                        + decisions.get(decisions.size() - 1).why()),
                "    "));
    }

    private static String stateOf(Container container) {
        return switch (container.state()) {
            case "held" -> "held: it is not launched yet.";
            case "launching" -> "launching.";
            case "guaranteed" -> "running, and nobody may take its slot now.";
            case "ended" -> "where it has ended.";
            case "unknown" ->
                container.trouble().isEmpty()
                        ? "no task there now: an application master, not started yet, or ended long ago."
                        : "in a state that is not known.";
            default -> container.state() + ".";
        };
    }
}
