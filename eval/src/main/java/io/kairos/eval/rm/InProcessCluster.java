/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.placement.ApplicationPlacementContext;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.AbstractYarnScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ContainerUpdates;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.AppAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.AppAttemptAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeUpdateSchedulerEvent;
import org.jspecify.annotations.Nullable;

/**
 * A real ResourceManager with its scheduler, stub nodes and stub applications. Heartbeats and masters' calls are method calls
 * and return when the scheduler has done with them. Not thread-safe.
 */
final class InProcessCluster implements AutoCloseable {
    private final Manager manager = new Manager();
    private final List<RMNode> nodes = new ArrayList<>();
    private int applications;

    /** @param configuration with the scheduler and its settings */
    InProcessCluster(Configuration configuration) {
        String anyPort = "127.0.0.1:0";
        for (String key : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_ADMIN_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS)) {
            configuration.set(key, anyPort);
        }
        // Else each container's token would ask the name server for its node.
        configuration.setBoolean("hadoop.security.token.service.use_ip", false);
        manager.init(configuration);
        manager.start();
    }

    AbstractYarnScheduler<?, ?> scheduler() {
        return (AbstractYarnScheduler<?, ?>) manager.getResourceScheduler();
    }

    LockWatch lock() {
        return manager.lock();
    }

    List<RMNode> nodes() {
        return nodes;
    }

    RMNode addNode(Resource capability) {
        RMNode node = StubNode.of(nodes.size(), manager.getRMContext(), capability);
        nodes.add(node);
        scheduler().handle(new NodeAddedSchedulerEvent(node));
        return node;
    }

    void heartbeat(RMNode node) {
        scheduler().handle(new NodeUpdateSchedulerEvent(node));
    }

    /** An application whose master runs outside of the cluster. */
    ApplicationAttemptId addApplication(String user, String queue) {
        ApplicationAttemptId id = ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, ++applications), 1);
        manager.getRMContext()
                .getRMApps()
                .put(id.getApplicationId(), StubApplication.running(id, user, queue, manager.getRMContext()));
        ApplicationPlacementContext placement = new ApplicationPlacementContext(queue, null);
        scheduler().handle(new AppAddedSchedulerEvent(id.getApplicationId(), queue, user, placement));
        scheduler().handle(new AppAttemptAddedSchedulerEvent(id, false));
        return id;
    }

    /** A master's call: asks, releases, and takes what was allocated since its last one. */
    List<Container> allocate(ApplicationAttemptId id, List<ResourceRequest> asks, List<ContainerId> releases) {
        return scheduler()
                .allocate(id, asks, null, releases, List.of(), List.of(), new ContainerUpdates())
                .getContainers();
    }

    @Override
    public void close() {
        manager.stop();
    }

    /** Without its web pages, and with its scheduler under watch. */
    private static final class Manager extends ResourceManager {
        private @Nullable LockWatch lock;

        @Override
        protected ResourceScheduler createScheduler() {
            ResourceScheduler created = super.createScheduler();
            lock = LockWatch.over((AbstractYarnScheduler<?, ?>) created);
            return created;
        }

        @Override
        protected void startWepApp() {}

        LockWatch lock() {
            if (lock == null) {
                throw new IllegalStateException("the ResourceManager has not started");
            }
            return lock;
        }
    }
}
