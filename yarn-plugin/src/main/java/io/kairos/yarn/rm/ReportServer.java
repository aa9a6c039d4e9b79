/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportReply;
import io.kairos.yarn.protocol.LoadReportRpc;
import io.kairos.yarn.protocol.ReportAddresses;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;

/** The listener for load reports, from construction to {@link #close}. Thread-safe. */
final class ReportServer implements Closeable {
    private final RPC.Server server;
    private final InetSocketAddress address;
    private final Configuration configuration;
    private final String key;
    private final @Nullable String before;

    /**
     * Binds, listens, and writes the address into the configuration until it is closed, where port 0 means any free port.
     *
     * @throws IOException one line, if the address cannot be bound
     * @throws SettingException one line, if a secure cluster does not name the NodeManagers' principal
     */
    ReportServer(Configuration configuration, int handlers, Function<LoadReport, LoadReportReply> handler)
            throws IOException {
        InetSocketAddress configured = ReportAddresses.own(configuration);
        this.configuration = configuration;
        key = ReportAddresses.ownKey(configuration);
        before = configuration.getRaw(key);
        String bindHost = configuration.getTrimmed(YarnConfiguration.RM_BIND_HOST, "");
        InetSocketAddress bind =
                bindHost.isEmpty() ? configured : new InetSocketAddress(bindHost, configured.getPort());
        try {
            server = LoadReportRpc.server(configuration, bind, handlers, handler);
        } catch (SettingException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot listen for load reports at " + NetUtils.getHostPortString(bind) + " (" + key + "): "
                            + firstLine(e),
                    e);
        }
        server.start();
        address = NetUtils.createSocketAddrForHost(configured.getHostString(), server.getPort());
        configuration.set(key, NetUtils.getHostPortString(address));
    }

    /** Where NodeManagers find it. */
    InetSocketAddress address() {
        return address;
    }

    /** Reads anew who may call, from hadoop-policy.xml. */
    void refreshAccessList(Configuration configuration) {
        LoadReportRpc.refreshAccessList(server, configuration);
    }

    @Override
    public void close() {
        server.stop();
        // A ResourceManager that becomes active again begins with this configuration: its port may be another's by
        // then.
        if (before == null) {
            configuration.unset(key);
        } else {
            configuration.set(key, before);
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
