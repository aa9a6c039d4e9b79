/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What {@link PlacementIndex} means, without any cleverness: a list of nodes, sorted anew for each question. */
final class ReferenceIndex {
    private final TieBreak tieBreak;
    private final SplittableRandom random;
    private final Map<BigDecimal, Double> clocks = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private int placements;

    private static final class Node {
        final int id;
        NodeCapacity capacity;
        int tasks;
        boolean closed;
        int lastPlacement;
        double raceScore;
        double givenScore = Double.NEGATIVE_INFINITY;

        @Nullable ServiceReport report;

        long reportedAt;

        Node(int id, NodeCapacity capacity, int tasks) {
            this.id = id;
            this.capacity = capacity;
            this.tasks = tasks;
        }
    }

    ReferenceIndex(TieBreak tieBreak, long seed) {
        this.tieBreak = tieBreak;
        this.random = new SplittableRandom(seed);
    }

    void join(int id, NodeCapacity capacity, int tasks) {
        if (nodes.stream().anyMatch(node -> node.id == id)) {
            throw new IllegalArgumentException();
        }
        nodes.add(new Node(id, capacity, tasks));
        startRace(find(id));
    }

    void leave(int id) {
        nodes.remove(find(id));
    }

    void resize(int id, NodeCapacity capacity) {
        Node node = find(id);
        if (!node.capacity.equals(capacity)) {
            node.capacity = capacity;
            startRace(node);
        }
    }

    void close(int id) {
        find(id).closed = true;
    }

    void open(int id) {
        Node node = find(id);
        if (node.closed) {
            node.closed = false;
            startRace(node);
        }
    }

    void place(int id) {
        Node node = find(id);
        if (takesNone(node)) {
            throw new IllegalStateException();
        }
        clocks.put(load(node), Math.max(node.raceScore, clocks.getOrDefault(load(node), 0.0)));
        placements++;
        node.lastPlacement = placements;
        node.tasks++;
        startRace(node);
    }

    void finish(int id) {
        Node node = find(id);
        if (node.tasks == 0) {
            throw new IllegalStateException();
        }
        node.tasks--;
        startRace(node);
    }

    void recount(int id, int tasks) {
        Node node = find(id);
        if (node.tasks != tasks) {
            node.tasks = tasks;
            startRace(node);
        }
    }

    void report(int id, ServiceReport report, long now) {
        Node node = find(id);
        node.report = report;
        node.reportedAt = now;
    }

    void score(int id, double score) {
        if (tieBreak != TieBreak.WORK_LEFT) {
            throw new IllegalStateException();
        }
        find(id).givenScore = score;
    }

    int expireReports(long before) {
        int expired = 0;
        for (Node node : nodes) {
            if (node.report != null && node.reportedAt < before) {
                node.report = null;
                expired++;
            }
        }
        return expired;
    }

    /** All nodes that take a task, best first. */
    List<Integer> inOrder() {
        List<Node> candidates = new ArrayList<>();
        for (Node node : nodes) {
            if (!takesNone(node)) {
                candidates.add(node);
            }
        }
        candidates.sort((a, b) -> {
            if (!load(a).equals(load(b))) {
                return load(a).compareTo(load(b));
            }
            if (score(a) != score(b)) {
                return score(a) < score(b) ? -1 : 1;
            }
            return a.lastPlacement != b.lastPlacement ? a.lastPlacement - b.lastPlacement : a.id - b.id;
        });
        return candidates.stream().map(node -> node.id).toList();
    }

    List<Integer> ids() {
        return nodes.stream().map(node -> node.id).toList();
    }

    int tasks(int id) {
        return find(id).tasks;
    }

    NodeCapacity capacity(int id) {
        return find(id).capacity;
    }

    private double score(Node node) {
        return switch (tieBreak) {
            case ROUND_ROBIN -> node.lastPlacement;
            case RANDOM -> node.raceScore;
            case WORK_LEFT -> node.givenScore;
            case VARIANCE, SUM, YOUNGEST, OLDEST -> node.report == null ? meanReported() : reported(node.report);
        };
    }

    private double meanReported() {
        double sum = 0;
        int known = 0;
        for (Node node : nodes) {
            if (node.report != null) {
                sum += reported(node.report);
                known++;
            }
        }
        return known == 0 ? 0 : sum / known;
    }

    private double reported(ServiceReport report) {
        return switch (tieBreak) {
            case VARIANCE -> report.variance();
            case SUM -> report.mean() * report.tasks();
            case YOUNGEST -> report.leastRunning();
            case OLDEST -> -report.mostRunning();
            case WORK_LEFT, ROUND_ROBIN, RANDOM -> throw new IllegalStateException();
        };
    }

    private void startRace(Node node) {
        if (tieBreak == TieBreak.RANDOM && !takesNone(node)) {
            node.raceScore = clocks.getOrDefault(load(node), 0.0) - StrictMath.log1p(-random.nextDouble());
        }
    }

    /** Tasks for each slot; as many digits as keep fractions of small numbers apart, so equal ones are equal. */
    private static BigDecimal load(Node node) {
        return BigDecimal.valueOf(node.tasks).divide(BigDecimal.valueOf(node.capacity.slots()), 50, RoundingMode.DOWN);
    }

    private static boolean takesNone(Node node) {
        return node.closed || node.tasks >= node.capacity.slots() + node.capacity.queueBound();
    }

    private Node find(int id) {
        for (Node node : nodes) {
            if (node.id == id) {
                return node;
            }
        }
        throw new IllegalArgumentException();
    }
}
