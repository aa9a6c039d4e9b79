/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static io.kairos.yarn.testing.InProcessCluster.SMALL_MB;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.testing.InProcessCluster;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ResourceManager with nodes of different sizes says of its placements. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class PlacementReasonTest {
    private static final String SMALL = "127.0.0.4";
    private static final String LARGE = "127.0.0.8";

    private InProcessCluster cluster;
    private MockAM application;

    @BeforeEach
    void twoNodesOfFourAndEightSlots() throws Exception {
        cluster = new InProcessCluster(InProcessCluster.configuration());
        cluster.start();
        cluster.node(SMALL, 4);
        cluster.node(LARGE, 8);
        application = cluster.application("default");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void tasksAreToldForEachSlotWhereSlotsDiffer() throws Exception {
        cluster.ask(application, 7);
        List<String> reasons = reasons(cluster.await(application, 7));
        assertThat(reasons)
                .as("each of them went to a node with the fewest tasks a slot")
                .allMatch(reason -> reason.startsWith("of the nodes with room it had the fewest tasks a slot, "));
        assertThat(reasons.get(0)).contains("0 on 4 slots, of 4 it may have; of the 2 with as few");
        assertThat(reasons.get(1))
                .isEqualTo(
                        "of the nodes with room it had the fewest tasks a slot, 0 on 8 slots, of 8 it may have, and no other had as few");
        assertThat(reasons.get(3))
                .as("1 of 4 and 2 of 8 are as many")
                .contains("1 on 4 slots, of 4 it may have; of the 2 with as few");
    }

    @Test
    void aNodeThatTheAskNamesIsToldAsNamed() throws Exception {
        List<Container> placed = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            cluster.told(application.allocate(requests(1, SMALL), List.of()));
            placed.addAll(cluster.await(application, 1));
        }
        assertThat(placed).allMatch(container -> container.getNodeId().getHost().equals(SMALL));
        assertThat(reasons(placed).get(1))
                .isEqualTo("the ask names the node, and a slot was free there: it had 1 on 4 slots");
    }

    @Test
    void whoIsServedOnANodeThatALaterAskNamesIsToldSo() throws Exception {
        cluster.told(application.allocate(requests(1, SMALL), List.of()));
        cluster.await(application, 1);
        List<ResourceRequest> both = new ArrayList<>(requests(1, ResourceRequest.ANY));
        both.addAll(requests(2, SMALL));
        cluster.told(application.allocate(both, List.of()));

        assertThat(reasons(cluster.await(application, 2)))
                .contains("another ask names the node, and a slot was free there: it had 1 on 4 slots; this container's"
                        + " turn came first");
    }

    private List<ResourceRequest> requests(int priority, String host) throws Exception {
        return application.createReq(new String[] {host}, SMALL_MB, priority, 1, 0);
    }

    private static List<String> reasons(List<Container> containers) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("Hadoop:service=ResourceManager,name=Kairos");
        List<String> reasons = new ArrayList<>();
        for (Container container : containers) {
            CompositeData[] rows = (CompositeData[]) beans.getAttribute(bean, "Placement/" + container.getId());
            reasons.add((String) rows[0].get("reason"));
        }
        return reasons;
    }
}
