/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.StartContainerRequest;
import org.apache.hadoop.yarn.api.protocolrecords.StartContainersRequest;
import org.apache.hadoop.yarn.api.protocolrecords.StartContainersResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NMToken;
import org.apache.hadoop.yarn.api.records.SerializedException;
import org.apache.hadoop.yarn.client.api.NMTokenCache;
import org.apache.hadoop.yarn.client.api.impl.ContainerManagementProtocolProxy;
import org.apache.hadoop.yarn.client.api.impl.ContainerManagementProtocolProxy.ContainerManagementProtocolProxyData;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * Starts the containers of one job: one call a node for all that were allocated there together, on an executor of its
 * own, so that a slow node holds up nobody's heartbeat. Thread-safe.
 */
final class ContainerStarter {

    private final Executor executor;
    private final DoubleSupplier clock;
    private final NMTokenCache tokens = new NMTokenCache();
    private final ContainerManagementProtocolProxy nodes;

    ContainerStarter(Configuration conf, Executor executor, DoubleSupplier clock) {
        this.executor = executor;
        this.clock = clock;
        this.nodes = new ContainerManagementProtocolProxy(conf, tokens);
    }

    void accept(List<NMToken> received) {
        for (NMToken token : received) {
            tokens.setToken(token.getNodeId().toString(), token.getToken());
        }
    }

    /** Starts containers of one node; the outcome of each is told on another thread. */
    void start(String node, Map<Container, StartContainerRequest> requests, Consumer<StartOutcome> outcome) {
        executor.execute(() -> {
            try {
                tellEach(startNow(node, requests), outcome);
            } catch (IOException | YarnException | RuntimeException e) {
                for (Container container : requests.keySet()) {
                    outcome.accept(new StartOutcome(container.getId().toString(), clock.getAsDouble(), e));
                }
            }
        });
    }

    private StartContainersResponse startNow(String node, Map<Container, StartContainerRequest> requests)
            throws IOException, YarnException {
        ContainerId first = requests.keySet().iterator().next().getId();
        ContainerManagementProtocolProxyData proxy = nodes.getProxy(node, first);
        try {
            return proxy.getContainerManagementProtocol()
                    .startContainers(StartContainersRequest.newInstance(new ArrayList<>(requests.values())));
        } finally {
            nodes.mayBeCloseProxy(proxy);
        }
    }

    private void tellEach(StartContainersResponse response, Consumer<StartOutcome> outcome) {
        double time = clock.getAsDouble();
        for (ContainerId container : response.getSuccessfullyStartedContainers()) {
            outcome.accept(new StartOutcome(container.toString(), time, null));
        }
        for (Map.Entry<ContainerId, SerializedException> failed :
                response.getFailedRequests().entrySet()) {
            outcome.accept(new StartOutcome(
                    failed.getKey().toString(), time, failed.getValue().deSerialize()));
        }
    }
}
