/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.SignalContainerCommand;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.client.api.AMRMClient;
import org.apache.hadoop.yarn.client.api.AMRMClient.ContainerRequest;
import org.apache.hadoop.yarn.client.api.NMClient;
import org.apache.hadoop.yarn.client.api.NMTokenCache;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.awaitility.Awaitility;

/**
 * One application of a test: its master is this process (an unmanaged AM). It asks, starts bash commands, and waits. Closing kills
 * it. Not thread-safe.
 */
public final class TestApplication implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final YarnClient client;
    private final ApplicationId id;
    private final AMRMClient<ContainerRequest> master;
    private final NMClient nodes;
    private final List<Container> allocated = new ArrayList<>();
    private final Map<ContainerId, ContainerStatus> completed = new HashMap<>();
    private int asks;
    private boolean finished;

    private TestApplication(YarnClient client, ApplicationId id, AMRMClient<ContainerRequest> master, NMClient nodes) {
        this.client = client;
        this.id = id;
        this.master = master;
        this.nodes = nodes;
    }

    /** Submits an application whose master this process is, and registers it. */
    public static TestApplication submit(MiniCluster cluster, String queue) throws Exception {
        return submit(cluster.clientConfiguration(), queue);
    }

    /** The same on whatever cluster this client configuration leads to. */
    public static TestApplication submit(Configuration cluster, String queue) throws Exception {
        return submit(cluster, queue, "test");
    }

    /** The same by another name. */
    public static TestApplication submit(Configuration cluster, String queue, String name) throws Exception {
        YarnClient client = client(cluster);
        YarnClientApplication application = client.createApplication();
        ApplicationSubmissionContext context = application.getApplicationSubmissionContext();
        context.setUnmanagedAM(true);
        context.setQueue(queue);
        context.setApplicationName(name);
        context.setAMContainerSpec(launch(""));
        context.setResource(Resource.newInstance(64, 1));
        ApplicationId id = client.submitApplication(context);
        await(() -> client.getApplicationReport(id).getYarnApplicationState() == YarnApplicationState.ACCEPTED
                && client.getAMRMToken(id) != null);
        // Each application has a user object of its own, because it holds the application's token.
        UserGroupInformation user = UserGroupInformation.createRemoteUser(
                UserGroupInformation.getCurrentUser().getShortUserName());
        PrivilegedExceptionAction<TestApplication> register = () -> register(cluster, client, id);
        return Objects.requireNonNull(user.doAs(register));
    }

    /**
     * Submits an application whose AM is a bash command in a container. The command never registers, so the application stays
     * accepted while it runs.
     */
    public static ApplicationId submitManaged(MiniCluster cluster, String queue, String command) throws Exception {
        try (YarnClient client = client(cluster.clientConfiguration())) {
            ApplicationSubmissionContext context = client.createApplication().getApplicationSubmissionContext();
            context.setQueue(queue);
            context.setApplicationName("managed");
            context.setMaxAppAttempts(1);
            context.setAMContainerSpec(launch(command));
            context.setResource(Resource.newInstance(64, 1));
            return client.submitApplication(context);
        }
    }

    /** Kills an application and waits until it is gone. */
    public static void kill(MiniCluster cluster, ApplicationId id) throws Exception {
        try (YarnClient client = client(cluster.clientConfiguration())) {
            client.killApplication(id);
        }
    }

    public ApplicationId id() {
        return id;
    }

    /** Asks for containers of one vcore, anywhere. */
    public void ask(int containers, int memoryMb) {
        Priority priority = nextPriority();
        for (int i = 0; i < containers; i++) {
            master.addContainerRequest(new ContainerRequest(Resource.newInstance(memoryMb, 1), null, null, priority));
        }
    }

    /** Asks for one container that runs on the given host or nowhere. */
    public void askOn(String host, int memoryMb) {
        master.addContainerRequest(new ContainerRequest(
                Resource.newInstance(memoryMb, 1), new String[] {host}, null, nextPriority(), false));
    }

    /** One heartbeat to the ResourceManager; returns what was allocated with it. */
    public List<Container> heartbeat() throws Exception {
        AllocateResponse response = master.allocate(0.5f);
        List<Container> news = response.getAllocatedContainers();
        allocated.addAll(news);
        response.getCompletedContainersStatuses().forEach(status -> completed.put(status.getContainerId(), status));
        return news;
    }

    /** Heartbeats until that many containers were allocated in all; the allocations stay in order. */
    public List<Container> awaitAllocated(int containers) {
        await(() -> {
            heartbeat();
            return allocated.size() >= containers;
        });
        return allocated();
    }

    /** Heartbeats for a while, for what must not happen. */
    public void heartbeatFor(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        await(() -> {
            heartbeat();
            return System.nanoTime() >= end;
        });
    }

    /** Heartbeats until the container completed; returns how it ended. */
    public ContainerStatus awaitCompleted(ContainerId container) {
        await(() -> {
            heartbeat();
            return completed.containsKey(container);
        });
        return Objects.requireNonNull(completed.get(container));
    }

    /** All containers allocated so far, in order. */
    public List<Container> allocated() {
        return List.copyOf(allocated);
    }

    /** Containers allocated and neither completed nor released. */
    public List<Container> live() {
        return allocated.stream()
                .filter(container -> !completed.containsKey(container.getId()))
                .toList();
    }

    /** Live containers a node. */
    public Map<NodeId, Integer> liveByNode() {
        Map<NodeId, Integer> counts = new TreeMap<>();
        live().forEach(container -> counts.merge(container.getNodeId(), 1, Integer::sum));
        return counts;
    }

    /** Starts one line of bash in an allocated container. */
    public void start(Container container, String command) throws YarnException, IOException {
        start(container, launch(command));
    }

    /** Starts what the launch context says in an allocated container. */
    public void start(Container container, ContainerLaunchContext launch) throws YarnException, IOException {
        nodes.startContainer(container, launch);
    }

    /** Gives a container back, started or not. */
    public void release(Container container) {
        master.releaseAssignedContainer(container.getId());
    }

    /** The container's status as its NodeManager tells it. */
    public ContainerStatus status(Container container) throws YarnException, IOException {
        return nodes.getContainerStatus(container.getId(), container.getNodeId());
    }

    /** Sends a signal to a container, as an administrator does. */
    public void signal(Container container, SignalContainerCommand command) throws IOException, YarnException {
        client.signalToContainer(container.getId(), command);
    }

    public void stop(Container container) throws YarnException, IOException {
        nodes.stopContainer(container.getId(), container.getNodeId());
    }

    /** Ends the application as succeeded. */
    public void finish() throws Exception {
        master.unregisterApplicationMaster(FinalApplicationStatus.SUCCEEDED, "", "");
        finished = true;
    }

    @Override
    public void close() throws Exception {
        if (!finished) {
            client.killApplication(id);
        }
        await(() -> EnumSet.of(YarnApplicationState.KILLED, YarnApplicationState.FINISHED, YarnApplicationState.FAILED)
                .contains(client.getApplicationReport(id).getYarnApplicationState()));
        // NMClient would stop each container once more, one after the other.
        nodes.cleanupRunningContainersOnStop(false);
        nodes.stop();
        master.stop();
        client.stop();
    }

    /** Waits for a condition, a minute at most. */
    public static void await(Condition condition) {
        await(LIMIT, condition);
    }

    /** The same, within another time. */
    public static void await(Duration limit, Condition condition) {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .until(condition::holds);
    }

    /** Something to wait for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** The client library repeats an ask of the same priority until it is taken back: a new priority makes each one count once. */
    private Priority nextPriority() {
        asks++;
        return Priority.newInstance(asks);
    }

    private static TestApplication register(Configuration cluster, YarnClient client, ApplicationId id)
            throws Exception {
        Token<?> token = client.getAMRMToken(id);
        token.setService(ClientRMProxy.getAMRMTokenService(cluster));
        UserGroupInformation.getCurrentUser().addToken(token);
        NMTokenCache tokens = new NMTokenCache();
        AMRMClient<ContainerRequest> master = AMRMClient.createAMRMClient();
        master.setNMTokenCache(tokens);
        master.init(cluster);
        master.start();
        NMClient nodes = NMClient.createNMClient();
        nodes.setNMTokenCache(tokens);
        nodes.init(cluster);
        nodes.start();
        master.registerApplicationMaster("localhost", 0, "");
        return new TestApplication(client, id, master, nodes);
    }

    private static YarnClient client(Configuration cluster) {
        YarnClient client = YarnClient.createYarnClient();
        client.init(cluster);
        client.start();
        return client;
    }

    /** A launch context of one line of bash. */
    public static ContainerLaunchContext launch(String command) {
        Map<String, ByteBuffer> none = Map.of();
        return ContainerLaunchContext.newInstance(Map.of(), Map.of(), List.of(command), none, null, Map.of());
    }
}
