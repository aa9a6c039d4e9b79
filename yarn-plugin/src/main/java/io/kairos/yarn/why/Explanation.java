/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why containers are where they are and in the state they are in, as {@code kairos why} and the ResourceManager's page tell it.
 *
 * @param id a container, or an application
 * @param application as the ResourceManager shows it; absent once it ended, or where this user may not see it
 * @param workLeft of the application, where the policy goes by it
 * @param containers the one asked for, or the application's that are known, in the order they were placed
 */
public record Explanation(
        String id, @Nullable ApplicationLine application, @Nullable WorkLeftRow workLeft, List<Container> containers) {
    private static final Pattern ID = Pattern.compile("container_(e\\d+_)?\\d+_\\d+_\\d+_\\d+|application_\\d+_\\d+");

    /** Containers of an application that are told in words; all of them are in the JSON. */
    public static final int MOST_TOLD = 20;

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
    public static Explanation of(Facts facts, String id) throws IOException, InterruptedException {
        List<NodeAnswer> nodes = facts.nodes(id);
        Map<String, PlacementRow> placements = new LinkedHashMap<>();
        facts.placements(id).forEach(placement -> placements.put(placement.container(), placement));
        Map<String, NodeAnswer> byId = new HashMap<>();
        nodes.forEach(node -> byId.putIfAbsent(node.node().nodeId(), node));
        Map<String, NodeAnswer> at = new LinkedHashMap<>();
        for (PlacementRow placement : placements.values()) {
            NodeAnswer there = byId.get(placement.nodeId());
            if (there != null) {
                at.put(placement.container(), there);
            }
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
            containers.add(container(facts, where.getKey(), where.getValue(), placements.get(where.getKey())));
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
            throw new UnknownIdException(id + ": not on any node of " + facts.cluster()
                    + " and not among its newest placements; expected a container or an application of this cluster");
        }
        String application = containers.get(0).task() != null
                ? containers.get(0).task().application()
                : Optional.ofNullable(containers.get(0).placement())
                        .map(PlacementRow::application)
                        .orElse(id);
        return new Explanation(
                id,
                facts.application(application).orElse(null),
                facts.workLeft(application).orElse(null),
                containers);
    }

    private static Container container(Facts facts, String id, NodeAnswer node, @Nullable PlacementRow placement)
            throws InterruptedException {
        TaskRow task = node.tasks().stream()
                .filter(candidate -> candidate.container().equals(id))
                .findFirst()
                .orElse(null);
        List<DecisionRow> decisions = List.of();
        String trouble = node.trouble();
        if (trouble.isEmpty()) {
            try {
                decisions = facts.decisions(node, id);
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

    /** Whether that looks like the id of a container or an application. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether one container was asked for, and not an application. */
    public boolean ofContainer() {
        return id.startsWith("container_");
    }

    /** The explanation in sentences; what was decided of a container begins with two blanks. */
    public List<String> sentences() {
        List<String> told = new ArrayList<>();
        ApplicationLine known = application;
        if (known != null) {
            told.add(known.id() + ", '" + known.name() + "' of " + known.user() + " in queue " + known.queue() + ", is "
                    + known.state().toLowerCase(Locale.ROOT) + ".");
        }
        if (workLeft != null) {
            told.add(told(workLeft));
        }
        if (ofContainer()) {
            containers.forEach(container -> tell(container, told));
            return told;
        }
        told.add("Of its containers " + count(TaskRow::runs) + " run, " + count(TaskRow::paused) + " are paused, "
                + count(TaskRow::held) + " are held; "
                + containers.stream()
                        .filter(container -> container.task() == null)
                        .count()
                + " have ended or are no tasks.");
        containers.stream()
                .filter(container -> container.task() != null)
                .limit(MOST_TOLD)
                .forEach(container -> told.add(inShort(container)));
        return told;
    }

    private long count(Predicate<TaskRow> state) {
        return containers.stream()
                .map(Container::task)
                .filter(task -> task != null && state.test(task))
                .count();
    }

    private static String told(WorkLeftRow work) {
        return "Its work left is taken for " + Words.seconds(work.seconds()) + " s: tasks not ended "
                + work.unfinished()
                + ", ended " + work.finished() + ", service attained by all of them "
                + Words.seconds(work.attainedSeconds()) + " s; "
                + (work.usualTaskSeconds() > 0
                        ? "a task usually takes " + Words.seconds(work.usualTaskSeconds()) + " s here"
                        : "how long a task usually takes here is not known yet")
                + "." + (work.comesFirst() ? " It has waited for so long that it comes first now." : "");
    }

    private static void tell(Container container, List<String> told) {
        told.add(container.container() + " is on " + container.node() + ", " + stateOf(container));
        PlacementRow placement = container.placement();
        told.add(
                placement == null
                        ? "Why it was placed there is not known any more: it is long ago, or another ResourceManager did."
                        : "Placed there at " + Words.clock(placement.timeMs()) + ": " + placement.reason() + ".");
        TaskRow task = container.task();
        if (task != null) {
            told.add("It has attained " + Words.seconds(task.attainedSeconds()) + " s of service" + overWeight(task)
                    + " and was paused " + Words.times(task.preemptions()) + ", " + Words.seconds(task.pausedSeconds())
                    + " s in all" + (task.preemptable() ? "" : "; it must not be paused") + ".");
        }
        if (!container.trouble().isEmpty()) {
            told.add("Its node tells nothing of it: " + container.trouble() + ".");
        }
        for (DecisionRow decision : container.decisions()) {
            told.add("  " + at(decision));
        }
    }

    private static String at(DecisionRow decision) {
        return Words.clock(decision.timeMs()) + " " + decision.why();
    }

    /** What the service counts as where tasks are compared; nothing where that is the service itself, or no weight was told. */
    private static String overWeight(TaskRow task) {
        return task.weight() <= 0 || task.weight() == 1
                ? ""
                : " (" + Words.seconds(task.attainedSeconds() / task.weight()) + " s over its weight, "
                        + Words.number(task.weight()) + ")";
    }

    private static String inShort(Container container) {
        List<DecisionRow> decisions = container.decisions();
        return container.container() + " on " + container.node() + ", " + stateOf(container)
                + (decisions.isEmpty() ? "" : " " + at(decisions.get(decisions.size() - 1)));
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
