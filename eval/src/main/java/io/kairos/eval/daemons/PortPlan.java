/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of all daemons of a cluster, the same for as long as it lives: a NodeManager finds its containers again only where
 * they left it.
 */
record PortPlan(
        List<ResourceManagerPorts> resourceManagers,
        List<NodePorts> nodes,
        HistoryPorts history,
        HdfsPorts hdfs,
        int zooKeeper) {
    private static final int USUAL_WEB = 8088;

    /** Of one ResourceManager. */
    record ResourceManagerPorts(int clients, int scheduler, int tracker, int admin, int web, int reports) {}

    /** Of one NodeManager and its two shuffle services. */
    record NodePorts(int containers, int localizer, int web, int collector, int mapReduceShuffle, int sparkShuffle) {}

    /** Of the server with the history of MapReduce jobs. */
    record HistoryPorts(int clients, int admin, int web) {}

    /** Of one NameNode and one DataNode. */
    record HdfsPorts(int nameNode, int nameNodeWeb, int data, int dataIpc, int dataWeb) {}

    static PortPlan choose(DaemonSettings settings, Ports ports) throws IOException {
        List<ResourceManagerPorts> resourceManagers = new ArrayList<>();
        for (int i = 0; i < (settings.highAvailability() ? 2 : 1); i++) {
            resourceManagers.add(new ResourceManagerPorts(
                    ports.any(), ports.any(), ports.any(), ports.any(), ports.rather(USUAL_WEB), ports.any()));
        }
        List<NodePorts> nodes = new ArrayList<>();
        for (int i = 0; i < settings.nodes(); i++) {
            nodes.add(new NodePorts(ports.any(), ports.any(), ports.any(), ports.any(), ports.any(), ports.any()));
        }
        return new PortPlan(
                resourceManagers,
                nodes,
                new HistoryPorts(ports.any(), ports.any(), ports.any()),
                new HdfsPorts(ports.any(), ports.any(), ports.any(), ports.any(), ports.any()),
                ports.any());
    }
}
