/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.List;

/** The nodes of a run, and the placers that are told when one of them fails. */
final class Cluster {
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Membership> placers = new ArrayList<>();

    /** Makes the node of a number. */
    interface NodeMaker {
        SimulatedNode make(int number, NodeGroup shape);
    }

    /** A placer and the nodes that are its. */
    private record Membership(Placer placer, int first, int end) {
        boolean has(SimulatedNode node) {
            return node.number() >= first && node.number() < end;
        }
    }

    Cluster(Run run, NodeMaker maker) {
        for (NodeGroup group : run.settings().nodeGroups()) {
            for (int i = 0; i < group.count(); i++) {
                nodes.add(maker.make(nodes.size(), group));
            }
        }
    }

    /** By their numbers. */
    List<SimulatedNode> nodes() {
        return nodes;
    }

    /** Tells the placer when one of those nodes fails or is repaired; they are side by side. */
    Placer watch(Placer placer, List<SimulatedNode> itsNodes) {
        int first = itsNodes.get(0).number();
        placers.add(new Membership(placer, first, first + itsNodes.size()));
        return placer;
    }

    /** The node fails. */
    void fail(SimulatedNode node) {
        // First all know that it is gone: its tasks go elsewhere as soon as they are lost.
        for (Membership membership : placers) {
            if (membership.has(node)) {
                membership.placer().nodeFailed(node);
            }
        }
        node.fail();
    }

    /** The node is up again. */
    void repair(SimulatedNode node) {
        node.repair();
        List<Placer> its = placers.stream()
                .filter(membership -> membership.has(node))
                .map(Membership::placer)
                .toList();
        // First all know it: what one of them places there the others hear of.
        its.forEach(placer -> placer.nodeRepaired(node));
        its.forEach(Placer::place);
    }
}
