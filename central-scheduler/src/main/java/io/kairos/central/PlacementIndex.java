/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster, kept in placement order while tasks come and go: {@link #best()} is the node that takes the next
 * task.
 *
 * <p><b>Model.</b> A node has a capacity of N + Q tasks, its own, and a count of the tasks on it. While the count is below
 * the bound N + Q the node is a candidate; at the bound or above it is full, and no search ever meets it. A closed node is no
 * candidate either: it takes nothing, whatever its count.
 *
 * <pre>
 *              join          place, recount, resize, close
 *   (absent) --------> candidate --------------------> full or closed
 *       ^                |       <--------------------       |
 *       |     leave      |   finish, recount, resize, open   |
 *       +----------------+-----------------------------------+
 * </pre>
 *
 * Candidates stand in the order of {@link PlacementOrder}: fewest tasks for each slot, then the {@link TieBreak}'s score, then who was given a
 * task longest ago, then node id.
 *
 * <p><b>Counts bind, reports do not.</b> Counts change the moment a task is placed, so a burst spreads over the nodes
 * without waiting for any report. Scores come from reports, late or never. A node whose score is unknown or expired counts
 * as having the mean of the scores known at the time of asking: it is neither favoured nor avoided for its silence. Where
 * no score is known, nodes take turns.
 *
 * <p><b>Complexity.</b> With n nodes every method costs O(log n) or less, but for {@link #best(Predicate)}, which adds one
 * step, O(log n) at most, for each candidate that fails the test, and {@link #expireReports}, O(log n) for each report that
 * expires. Memory is O(n): nothing of a node stays when it leaves, and only its last report is kept.
 *
 * <p><b>Not thread-safe</b>: it has one owner. The same calls give the same answers, always: no clock is read, no hash
 * order is followed, and chance comes from the seed.
 *
 * <p>Source: Kairos (SoCC'18), central scheduler.
 *
 * @param <N> node id, immutable, its equality consistent with its natural order, which is the last link of the chain
 */
public final class PlacementIndex<N extends Comparable<? super N>> {
    private final TieBreak tieBreak;
    private final RandomRace race;
    private final Map<N, Node<N>> nodes = new HashMap<>();
    private final Candidates<N> candidates = new Candidates<>();
    private final ReportLedger<N> reports = new ReportLedger<>();
    private final LoadCensus census = new LoadCensus();

    /** Whom the last call was about, as mostly the next one is. */
    private @Nullable Node<N> latest;

    private long placements;

    /**
     * An index without nodes.
     *
     * @param tieBreak what decides between nodes with equally few tasks for each slot
     * @param seed where {@link TieBreak#RANDOM} starts; the other tie-breaks do not use it
     */
    public PlacementIndex(TieBreak tieBreak, long seed) {
        this.tieBreak = tieBreak;
        this.race = new RandomRace(seed);
    }

    /**
     * A node joins with the tasks that are on it already, which may be more than its bound.
     *
     * @throws IllegalArgumentException when the node is here already or the tasks are negative
     */
    public void join(N id, NodeCapacity capacity, int tasks) {
        requireCount(id, tasks);
        if (nodes.containsKey(id)) {
            throw new IllegalArgumentException("node " + id + " has joined already");
        }
        Node<N> node = new Node<>(id, capacity, tasks);
        nodes.put(id, node);
        census.joined(node.slots);
        settle(node);
        assert verifyState(node);
    }

    /**
     * A node leaves; its tasks and its report are forgotten.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public void leave(N id) {
        Node<N> node = require(id);
        uncount(node);
        candidates.remove(node);
        forgetReport(node);
        nodes.remove(id);
        latest = null;
        census.left(node.slots);
        assert verifyState(node);
    }

    /** Whether the node is here. */
    public boolean contains(N id) {
        return nodes.containsKey(id);
    }

    /** How many nodes are here, full or not. */
    public int size() {
        return nodes.size();
    }

    /**
     * Gives the node another capacity. One that is left above its bound loses no task: it takes none until it is below.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public void resize(N id, NodeCapacity capacity) {
        Node<N> node = require(id);
        if (!capacity.equals(node.capacity)) {
            uncount(node);
            census.left(node.slots);
            node.resize(capacity);
            census.joined(node.slots);
            settle(node);
        }
        assert verifyState(node);
    }

    /**
     * The node takes no task, whatever its count, until it is opened. It joins open; a closed node stays closed.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public void close(N id) {
        setClosed(require(id), true);
    }

    /**
     * The node takes tasks again while it is below its bound.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public void open(N id) {
        setClosed(require(id), false);
    }

    /**
     * One task was placed on the node.
     *
     * @throws IllegalArgumentException when the node is unknown
     * @throws IllegalStateException when the node is at its bound, above it, or closed
     */
    public void place(N id) {
        Node<N> node = require(id);
        if (!node.takesTasks()) {
            throw new IllegalStateException("node " + id + " takes no task: it has " + node.tasks + " and its bound is "
                    + node.capacity.bound() + (node.closed ? ", and it is closed" : ""));
        }
        if (tieBreak == TieBreak.RANDOM) {
            race.won(node.tasks, node.slots, node.score);
        }
        node.lastPlacement = ++placements;
        changeTasks(node, node.tasks + 1);
    }

    /**
     * One task of the node ended.
     *
     * @throws IllegalArgumentException when the node is unknown
     * @throws IllegalStateException when the node has no task
     */
    public void finish(N id) {
        Node<N> node = require(id);
        if (node.tasks == 0) {
            throw new IllegalStateException("node " + id + " has no task that could finish");
        }
        changeTasks(node, node.tasks - 1);
    }

    /**
     * Sets the node's task count to what its owner counted, which may be more than its bound.
     *
     * @throws IllegalArgumentException when the node is unknown or the tasks are negative
     */
    public void recount(N id, int tasks) {
        requireCount(id, tasks);
        Node<N> node = require(id);
        if (tasks != node.tasks) {
            changeTasks(node, tasks);
        }
    }

    /**
     * Takes a node's report in place of its last one, whichever bears the later time.
     *
     * @param nowNanos when the report arrived, on the one clock that {@link #expireReports} is asked with
     * @throws IllegalArgumentException when the node is unknown
     */
    public void report(N id, ServiceReport report, long nowNanos) {
        Node<N> node = require(id);
        forgetReport(node);
        ReportLedger.Entry<N> entry = new ReportLedger.Entry<>(nowNanos, tieBreak.score(report), id);
        reports.add(entry);
        node.report = entry;
        rescore(node);
    }

    /**
     * Scores the node where no report does, {@link TieBreak#WORK_LEFT}; the lowest score goes first. A node that has joined and was not
     * scored since counts as one with a free slot: it has the lowest score there is.
     *
     * @throws IllegalArgumentException when the node is unknown, or the score is not a number
     * @throws IllegalStateException when the tie-break has other scores
     */
    public void score(N id, double score) {
        if (tieBreak != TieBreak.WORK_LEFT) {
            throw new IllegalStateException("scores by " + tieBreak.userName() + " are not given");
        }
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score of node " + id + " must be a number");
        }
        Node<N> node = require(id);
        node.givenScore = score + 0.0; // makes 0.0 of -0.0
        if (node.isCandidate() && node.score != node.givenScore) {
            node.score = node.givenScore;
            candidates.put(node);
        }
        assert verifyState(node);
    }

    /**
     * Makes neutral each node whose last report is from before the given time.
     *
     * @return how many it made neutral
     */
    public int expireReports(long beforeNanos) {
        int expired = 0;
        for (ReportLedger.Entry<N> oldest = reports.oldestBefore(beforeNanos);
                oldest != null;
                oldest = reports.oldestBefore(beforeNanos)) {
            Node<N> node = require(oldest.node());
            forgetReport(node);
            rescore(node);
            expired++;
        }
        return expired;
    }

    /** The best node that takes a task, if any does. */
    public Optional<N> best() {
        return idOf(candidates.first(reports.meanScore()));
    }

    /**
     * The best node that takes a task and passes the test, walking in placement order.
     *
     * @param eligible is asked of each node at most once, best first, and must not change this index
     */
    public Optional<N> best(Predicate<? super N> eligible) {
        return idOf(candidates.first(reports.meanScore(), eligible));
    }

    /**
     * The tasks on the node.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public int tasks(N id) {
        return require(id).tasks;
    }

    /**
     * The tasks on the node and the slots it has for them.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public Load load(N id) {
        Node<N> node = require(id);
        return new Load(node.tasks, node.slots);
    }

    /** How many nodes that take a task have exactly as many tasks for each slot; O(distinct numbers of slots). */
    public int candidatesWith(Load load) {
        return census.candidatesWith(load);
    }

    /** Whether there are nodes of different numbers of slots, so that a count of tasks alone does not say which is busier. */
    public boolean slotsDiffer() {
        return census.slotsDiffer();
    }

    /**
     * Whether the node is below its bound and open.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public boolean takesTasks(N id) {
        return require(id).takesTasks();
    }

    /**
     * The node's capacity.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public NodeCapacity capacity(N id) {
        return require(id).capacity;
    }

    /**
     * The score by which ties are broken now, lowest first: the node's own, or the neutral one. Empty while the node is full or closed.
     * Seconds squared for {@link TieBreak#VARIANCE}, seconds for {@link TieBreak#SUM} and {@link TieBreak#YOUNGEST},
     * seconds times -1 for {@link TieBreak#OLDEST} and {@link TieBreak#WORK_LEFT}.
     *
     * @throws IllegalArgumentException when the node is unknown
     */
    public OptionalDouble score(N id) {
        Node<N> node = require(id);
        return node.isCandidate() ? OptionalDouble.of(node.score(reports.meanScore())) : OptionalDouble.empty();
    }

    private Optional<N> idOf(@Nullable Node<N> best) {
        if (best == null) {
            return Optional.empty();
        }
        latest = best;
        return Optional.of(best.id);
    }

    private Node<N> require(N id) {
        if (latest != null && latest.id.equals(id)) {
            return latest;
        }
        Node<N> node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("unknown node " + id + ": it has not joined, or it left");
        }
        latest = node;
        return node;
    }

    private void requireCount(N id, int tasks) {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks of node " + id + " must not be negative, was " + tasks);
        }
    }

    private void setClosed(Node<N> node, boolean closed) {
        if (closed != node.closed) {
            uncount(node);
            node.closed = closed;
            settle(node);
        }
        assert verifyState(node);
    }

    private void changeTasks(Node<N> node, int tasks) {
        uncount(node);
        node.tasks = tasks;
        settle(node);
        assert verifyState(node);
    }

    private void forgetReport(Node<N> node) {
        if (node.report != null) {
            reports.remove(node.report);
            node.report = null;
        }
    }

    private void rescore(Node<N> node) {
        if (node.isCandidate() && tieBreak.readsReports() && !hasReportedScore(node)) {
            node.score = reportedScore(node);
            candidates.put(node);
        }
        assert verifyState(node);
    }

    private boolean hasReportedScore(Node<N> node) {
        return Double.compare(node.score, reportedScore(node)) == 0;
    }

    /** A candidate counts no more as what it is; only then may it become full or closed, or change its tasks or slots. */
    private void uncount(Node<N> node) {
        if (node.isCandidate()) {
            census.remove(node);
        }
    }

    /** Counts the changed node as what it is now, and puts it where it belongs. */
    private void settle(Node<N> node) {
        if (node.takesTasks()) {
            node.score = currentScore(node);
            candidates.put(node);
            census.add(node);
        } else {
            candidates.remove(node);
        }
    }

    private double currentScore(Node<N> node) {
        return switch (tieBreak) {
            case VARIANCE, SUM, YOUNGEST, OLDEST -> reportedScore(node);
            case WORK_LEFT -> node.givenScore;
            case ROUND_ROBIN -> node.lastPlacement;
            case RANDOM -> race.start(node.tasks, node.slots);
        };
    }

    private double reportedScore(Node<N> node) {
        return node.report == null ? Node.UNKNOWN : node.report.score();
    }

    /** The invariants that a change of this node could break; O(log n) or less, so that whole simulations can run under it. */
    private boolean verifyState(Node<N> node) {
        boolean present = nodes.get(node.id) == node;
        require(node.tasks >= 0, node, "has a negative count");
        require(node.slots == node.capacity.slots(), node, "has other slots than its capacity");
        require(
                node.isCandidate() == (present && node.takesTasks()),
                node,
                "is a candidate although full, closed or gone, or is none");
        if (node.isCandidate()) {
            require(!tieBreak.readsReports() || hasReportedScore(node), node, "stands there by another score");
            require(
                    tieBreak != TieBreak.WORK_LEFT || node.score == node.givenScore,
                    node,
                    "stands there by another score than it was given");
            require(candidates.contains(node), node, "is not in its place");
            require(candidatesWith(load(node.id)) > 0, node, "is not among the candidates of its load");
        }
        require(node.report == null || (present && reports.contains(node.report)), node, "lost its report");
        require(candidates.size() <= nodes.size() && reports.size() <= nodes.size(), node, "left records behind");
        return true;
    }

    private static void require(boolean invariant, Node<?> node, String broken) {
        if (!invariant) {
            throw new AssertionError("node " + node.id + " " + broken);
        }
    }
}
