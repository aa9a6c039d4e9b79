/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import org.apache.hadoop.net.NodeBase;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNodeImpl;

/** A node that runs, and of which only the scheduler knows. */
final class StubNode extends RMNodeImpl {
    private static final int PORT = 45_454;
    private static final int WEB_PORT = 8_042;

    private StubNode(NodeId id, RMContext context, Resource capability) {
        super(
                id,
                context,
                id.getHost(),
                id.getPort(),
                WEB_PORT,
                new NodeBase(id.getHost(), NodeBase.PATH_SEPARATOR_STR + "default-rack"),
                capability,
                "3.5.0");
    }

    /** Its name is an address, for which nobody asks a name server. */
    static StubNode of(int number, RMContext context, Resource capability) {
        String address = "10." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff);
        return new StubNode(NodeId.newInstance(address, PORT), context, capability);
    }

    @Override
    public NodeState getState() {
        return NodeState.RUNNING;
    }
}
