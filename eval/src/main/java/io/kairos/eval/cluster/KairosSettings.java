/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.Policy;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.rm.KairosScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Settings that turn a stock cluster into one under Kairos: the three classes, and what differs from the defaults. */
final class KairosSettings {
    private KairosSettings() {}

    static void configure(Configuration configuration, ClusterSettings settings, Policy policy) {
        StockSettings.singleQueue(configuration, "fifo");
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosContainerExecutor.class.getName());
        configuration.set(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, KairosContainersLauncher.class.getName());
        configuration.set(ResourceManagerKeys.POLICY.name(), policy.toString());
        configuration.setInt(ResourceManagerKeys.QUEUE_BOUND.name(), settings.queueBound());
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "127.0.0.1:" + freePort());
        configuration.setInt(NodeManagerKeys.SLOTS.name(), settings.slots());
        configuration.setLong(NodeManagerKeys.QUANTUM.name(), settings.quantum().toMillis());
        configuration.setLong(
                ResourceManagerKeys.PATIENCE.name(), settings.patience().toMillis());
        configuration.set(NodeManagerKeys.PAUSER.name(), settings.pauser());
        configuration.set(NodeManagerKeys.CGROUP_PARENT.name(), cgroupParent());
        configuration.setLong(
                NodeManagerKeys.REPORT_INTERVAL.name(), settings.heartbeat().toMillis());
    }

    /** Groups of this process's clusters, apart from those of any other cluster on the machine. */
    static String cgroupParent() {
        return "kairos-" + ProcessHandle.current().pid();
    }

    /** The NodeManagers of this process read their configuration before the ResourceManager binds: it must be known first. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the load reports on the loopback address", e);
        }
    }
}
