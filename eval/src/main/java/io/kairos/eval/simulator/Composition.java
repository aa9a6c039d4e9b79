/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.collect.ImmutableSet;
import io.kairos.central.TieBreak;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy of parts: who places tasks (one placer, several with partial knowledge, one for each group of nodes, another one for long
 * jobs), where they place them, and what nodes do with them. A new combination is a line here or an option on the command line.
 * Immutable.
 *
 * @param node what nodes do with their tasks
 * @param choice how a placer chooses the node
 * @param longChoice how the placer of long jobs does, where they have their own; it keeps off the slots reserved for short ones
 * @param bound tasks that nodes take beyond their slots
 * @param tieBreak between nodes with equally few tasks
 * @param protection what paused tasks are owed
 * @param preemption what nodes do with tasks that are to give way
 * @param learning what is done by what is learned of jobs, apart from node and tie-break
 * @param placers how many there are for the whole cluster, with jobs in turns
 * @param syncSeconds between two moments at which placers tell each other of their tasks; 0: at once
 * @param groups into which nodes are divided, each with a placer of its own and an equal share of each job's tasks
 */
record Composition(
        Discipline node,
        Choice choice,
        @Nullable Choice longChoice,
        Bound bound,
        TieBreak tieBreak,
        Protection protection,
        Preemption preemption,
        Learning learning,
        int placers,
        double syncSeconds,
        int groups) {
    static final ImmutableSet<String> KEYS = ImmutableSet.of(
            "node",
            "place",
            "long",
            "bound",
            "tie",
            "guard",
            "max-pause",
            "preempt",
            "queue",
            "hold",
            "margin",
            "usual",
            "told",
            "round",
            "stale",
            "patience",
            "placers",
            "sync",
            "groups");

    static final Composition KAIROS = new Composition(
            Discipline.LAS,
            Choice.FEWEST,
            null,
            Bound.QUEUE_BOUND,
            TieBreak.VARIANCE,
            Protection.GUARD,
            Preemption.ON,
            Learning.NONE,
            1,
            0,
            1);
    static final Composition KAIROS_JOB = new Composition(
            Discipline.JOB,
            Choice.FEWEST,
            null,
            Bound.QUEUE_BOUND,
            TieBreak.WORK_LEFT,
            Protection.NONE,
            Preemption.ON,
            Learning.JOBS,
            1,
            0,
            1);
    static final Composition FIFO = new Composition(
            Discipline.FIFO,
            Choice.FEWEST,
            null,
            Bound.of(0),
            TieBreak.ROUND_ROBIN,
            Protection.NONE,
            Preemption.ON,
            Learning.NONE,
            1,
            0,
            1);
    static final Composition LAS = FIFO.with(Discipline.LAS, Choice.FEWEST);
    static final Composition PS = FIFO.with(Discipline.PS, Choice.FEWEST);
    static final Composition SFS = FIFO.with(Discipline.SFS, Choice.FEWEST);
    static final Composition RANDOM = FIFO.with(Discipline.FIFO, Choice.RANDOM);
    static final Composition TWO_CHOICES = FIFO.with(Discipline.FIFO, Choice.TWO_CHOICES);

    private static final int MOST_PLACERS = 1_000;
    private static final int MOST_BOUND = 1_000_000;
    private static final double MOST_SYNC_SECONDS = 86_400;
    /** Seeds of runs are small numbers in a row: those of their placers must be none of them. */
    private static final long PLACER_SEED_STEP = 0x9E3779B97F4A7C15L;

    private static final NodeSettings DEFAULTS = NodeSettings.defaults(1);

    /** What a node does with its tasks. */
    enum Discipline {
        /** First come, first served, each to its end. */
        FIFO,
        /** Least Attained Service with quanta: the node tier of Kairos. */
        LAS,
        /** The job that has least work left first, with quanta: the node tier of Kairos by another key. */
        JOB,
        /** All at the same time. */
        PS,
        /** A slice alone, then all at the same time. */
        SFS
    }

    /** What becomes of a running task that is to give way. */
    enum Preemption {
        /** None is to. */
        OFF,
        /** It is paused. */
        ON,
        /** It is killed, and waits for a place anew. */
        KILL
    }

    /** How a placer chooses. */
    enum Choice {
        /** The node that has fewest tasks. */
        FEWEST,
        /** Any. */
        RANDOM,
        /** The better one of two. */
        TWO_CHOICES
    }

    /**
     * Tasks that nodes take beyond their slots.
     *
     * @param tasks how many; null where the run's settings say so
     */
    record Bound(@Nullable Integer tasks) {
        static final Bound QUEUE_BOUND = new Bound(null);
        /** More than ever come. */
        static final Bound NONE = new Bound(1_000_000_000);

        static Bound of(int tasks) {
            return new Bound(tasks);
        }

        int in(SimulationSettings settings) {
            return tasks == null ? settings.queueBound() : tasks;
        }
    }

    private Composition with(Discipline otherNode, Choice otherChoice) {
        return new Composition(
                otherNode,
                otherChoice,
                longChoice,
                Bound.NONE,
                tieBreak,
                protection,
                preemption,
                learning,
                placers,
                syncSeconds,
                groups);
    }

    /**
     * This one with what the options say.
     *
     * @throws IllegalArgumentException if one is out of its range, or two exclude each other
     */
    Composition with(PolicyOptions options) {
        Discipline otherNode = options.oneOf("node", node);
        Choice otherChoice = options.oneOf("place", choice);
        Choice otherLong = options.isSet("long") ? (Choice) options.oneOf("long", Choice.FEWEST) : longChoice;
        boolean areCounted = otherChoice == Choice.FEWEST || otherLong == Choice.FEWEST;
        refuse(options, "bound", !areCounted, "place=fewest, or long=fewest");
        refuse(options, "tie", !areCounted, "place=fewest, or long=fewest");
        boolean hasQuanta = otherNode == Discipline.LAS || otherNode == Discipline.JOB;
        refuse(options, "guard", !hasQuanta, "node=las, or node=job");
        refuse(options, "max-pause", !hasQuanta, "node=las, or node=job");
        refuse(options, "preempt", !hasQuanta, "node=las, or node=job");
        Preemption otherPreemption = options.oneOf("preempt", preemption);
        if (otherPreemption == Preemption.KILL && otherNode == Discipline.LAS) {
            throw new IllegalArgumentException(
                    "preempt=kill: expected it with node=job, for tasks that take turns by attained service would never end");
        }
        refuse(options, "sync", !options.isSet("placers"), "placers=K");
        Bound otherBound = areCounted ? bound(options) : Bound.NONE;
        boolean shares = areCounted && !otherBound.equals(Bound.of(0));
        TieBreak otherTie = options.isSet("tie") ? TieBreak.named(options.text("tie", "")) : tieBreak;
        if (otherTie.readsReports() && !hasQuanta) {
            refuse(options, "tie", true, "node=las or node=job, for it reads what such nodes report");
            otherTie = TieBreak.ROUND_ROBIN;
        }
        boolean givesWay = shares && hasQuanta && otherPreemption != Preemption.OFF;
        if (otherTie == TieBreak.WORK_LEFT && !givesWay) {
            refuse(options, "tie", true, "nodes where a task gives way: node=las or node=job, and a bound above 0");
            otherTie = TieBreak.ROUND_ROBIN;
        }
        refuse(options, "hold", !shares, "place=fewest and a bound above 0");
        refuse(options, "margin", otherTie != TieBreak.WORK_LEFT, "tie=work-left, which knows who gives way");
        Learning otherLearning = learning.with(options).on(shares, otherTie == TieBreak.WORK_LEFT);
        boolean knowsWork = otherNode == Discipline.JOB
                || otherTie == TieBreak.WORK_LEFT
                || otherLearning.queue() == Learning.Queue.WORK_LEFT;
        refuse(options, "usual", !knowsWork, "queue=work-left, node=job or tie=work-left");
        refuse(options, "usual", otherLearning.isTold(), "told=off, for what is told is not learned");
        refuse(options, "told", !knowsWork, "queue=work-left, node=job or tie=work-left");
        refuse(options, "round", !knowsWork, "queue=work-left, node=job or tie=work-left");
        refuse(options, "stale", !knowsWork, "queue=work-left, node=job or tie=work-left");
        refuse(options, "patience", !knowsWork, "queue=work-left, node=job or tie=work-left");
        Composition changed = new Composition(
                otherNode,
                otherChoice,
                otherLong,
                otherBound,
                otherTie,
                protection.with(options),
                otherPreemption,
                otherLearning,
                options.count("placers", placers, 1, MOST_PLACERS),
                options.number("sync", syncSeconds, 0, MOST_SYNC_SECONDS),
                options.count("groups", groups, 1, MOST_PLACERS));
        if (changed.placers > 1 && changed.groups > 1) {
            throw new IllegalArgumentException(
                    "placers=" + changed.placers + " and groups=" + changed.groups + ": expected one of the two");
        }
        if (changed.longChoice != null && changed.placers * changed.groups > 1) {
            throw new IllegalArgumentException("long and placers or groups: expected one of the two");
        }
        if (changed.learns()) {
            changed.requireLearnable();
        }
        return changed;
    }

    /** Whether anything is done by what is learned of jobs. */
    private boolean learns() {
        return learning.isUsed() || node == Discipline.JOB || tieBreak == TieBreak.WORK_LEFT;
    }

    private void requireLearnable() {
        if (node == Discipline.PS || node == Discipline.SFS) {
            throw new IllegalArgumentException("node=" + UserNames.of(node)
                    + " does not tell what jobs attain: expected fifo, las or job with a policy that learns of jobs");
        }
        if (placers * groups > 1 || longChoice != null) {
            throw new IllegalArgumentException(
                    "placers, groups and long: expected none of them with a policy that learns of jobs");
        }
    }

    /** An option that would change nothing is a misunderstanding. */
    private static void refuse(PolicyOptions options, String key, boolean isIdle, String with) {
        if (isIdle && options.isSet(key)) {
            throw new IllegalArgumentException(
                    key + "=" + options.text(key, "") + " changes nothing here: expected it with " + with);
        }
    }

    private Bound bound(PolicyOptions options) {
        if (!options.isSet("bound")) {
            return bound;
        }
        return options.text("bound", "").equals("none")
                ? Bound.NONE
                : Bound.of(options.count("bound", 0, 0, MOST_BOUND));
    }

    /** Whether Q means anything to it. */
    boolean isBounded() {
        return !bound.equals(Bound.NONE) && !bound.equals(Bound.of(0));
    }

    boolean hasQuanta() {
        return node == Discipline.LAS || node == Discipline.JOB;
    }

    /** Puts it together. */
    Assembly assemble(Run run) {
        LearnedJobs jobs = new LearnedJobs(run.simulation(), learning.staleNanos(run.settings()), learning);
        Cluster cluster = new Cluster(run, nodes(run, jobs));
        return new Assembly(scheduler(run, cluster, jobs), cluster);
    }

    private Scheduler scheduler(Run run, Cluster cluster, LearnedJobs jobs) {
        List<SimulatedNode> nodes = cluster.nodes();
        if (longChoice != null) {
            List<SimulatedNode> forLong = nodes.subList(keptForShort(run.settings(), nodes), nodes.size());
            return new HybridScheduler(
                    placer(run, cluster, nodes, jobs, choice, false, 0),
                    placer(run, cluster, forLong, jobs, longChoice, false, 1));
        }
        if (groups > 1) {
            List<Placer> all = new ArrayList<>();
            int number = Math.min(groups, nodes.size());
            for (int group = 0; group < number; group++) {
                int from = (int) ((long) nodes.size() * group / number);
                int to = (int) ((long) nodes.size() * (group + 1) / number);
                all.add(placer(run, cluster, nodes.subList(from, to), jobs, choice, true, group));
            }
            return new DelegatedScheduler(all);
        }
        if (placers > 1) {
            Exchange exchange = new Exchange(run.simulation(), Nanos.of(syncSeconds));
            List<Placer> all = new ArrayList<>();
            for (int each = 0; each < placers; each++) {
                Placement known = placement(run, nodes, jobs, choice, false, each);
                Placer placer = new Placer(run, queue(jobs), exchange.share(known, nodes.size()));
                exchange.whenRoomIsLearned(placer::place);
                all.add(cluster.watch(placer, nodes));
            }
            return new DecentralizedScheduler(all);
        }
        return placer(run, cluster, nodes, jobs, choice, true, 0);
    }

    /** How many of the first nodes have the slots that long jobs keep off: whole nodes, and never all. */
    private static int keptForShort(SimulationSettings settings, List<SimulatedNode> nodes) {
        double slots = settings.shortReserved() * settings.slots() - 1e-9;
        int kept = 0;
        while (slots > 0 && kept < nodes.size() - 1) {
            slots -= nodes.get(kept++).slots();
        }
        return kept;
    }

    private Placer placer(
            Run run,
            Cluster cluster,
            List<SimulatedNode> nodes,
            LearnedJobs jobs,
            Choice how,
            boolean isAlone,
            int number) {
        Placement placement = placement(run, nodes, jobs, how, isAlone, number);
        return cluster.watch(new Placer(run, queue(jobs), placement), nodes);
    }

    private AskQueue queue(LearnedJobs jobs) {
        return learns() ? new LearnedQueue(jobs, learning.queue(), learning.sharing()) : new ArrivalQueue();
    }

    /** @param number of the placer: each draws for itself */
    private Placement placement(
            Run run, List<SimulatedNode> nodes, LearnedJobs jobs, Choice how, boolean isAlone, int number) {
        long seed = run.seed() + number * PLACER_SEED_STEP;
        return switch (how) {
            case FEWEST -> new FewestTasks(run, nodes, bound.in(run.settings()), tieBreak, isAlone, jobs, seed);
            case RANDOM -> new RandomChoices(nodes, 1, seed);
            case TWO_CHOICES -> new RandomChoices(nodes, 2, seed);
        };
    }

    private Cluster.NodeMaker nodes(Run run, LearnedJobs jobs) {
        return switch (node) {
            case FIFO -> (number, shape) -> new FirstComeNode(number, shape, run);
            case LAS -> kairosNodes(run, TaskOrders.attainedService());
            case JOB -> kairosNodes(run, TaskOrders.applicationKeys(jobs::keySeconds));
            case PS -> (number, shape) -> new SharingNode(number, shape, run);
            case SFS -> (number, shape) -> new SliceNode(number, shape, run);
        };
    }

    /** Nodes that are alike share what they are set to: each event asks for it, and thousands of copies would not stay in a cache. */
    private Cluster.NodeMaker kairosNodes(Run run, TaskOrder order) {
        Map<NodeGroup, NodeSettings> shared = new HashMap<>();
        TaskTerms terms = new TaskTerms(preemption != Preemption.OFF, 1);
        return (number, shape) -> new KairosNode(
                number,
                shape,
                run,
                shared.computeIfAbsent(shape, any -> nodeSettings(any, run.settings())),
                terms,
                tieBreak,
                order,
                preemption == Preemption.KILL);
    }

    private NodeSettings nodeSettings(NodeGroup shape, SimulationSettings settings) {
        // Placers that know each other's tasks late send more than the bound: such a task is held on the node.
        long launchBound = (long) shape.slots() + bound.in(settings);
        return new NodeSettings(
                shape.slots(),
                (int) Math.min(Integer.MAX_VALUE, launchBound),
                Long.MAX_VALUE,
                Duration.ofNanos(Nanos.of(settings.quantum())),
                protection.guards() ? DEFAULTS.preemptionsBeforeGuarantee() : Optional.empty(),
                DEFAULTS.guaranteedQuanta(),
                protection.maxPause(),
                Optional.empty(),
                DEFAULTS.keepAlivePulse());
    }
}
