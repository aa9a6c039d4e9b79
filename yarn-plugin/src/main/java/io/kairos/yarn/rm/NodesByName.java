/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.yarn.api.records.NodeId;

/** The nodes by the name that asks give them, mostly one a host. Thread-safe: the stock scheduler's own map is not. */
final class NodesByName {
    private final ConcurrentMap<String, Set<NodeId>> nodes = new ConcurrentHashMap<>();

    void joined(String name, NodeId node) {
        nodes.computeIfAbsent(name, host -> ConcurrentHashMap.newKeySet()).add(node);
    }

    void left(NodeId node) {
        nodes.values().forEach(ofHost -> ofHost.remove(node));
        nodes.values().removeIf(Set::isEmpty);
    }

    /** Those of that name now; none of a host that is no node. */
    Set<NodeId> of(String name) {
        return nodes.getOrDefault(name, Set.of());
    }
}
