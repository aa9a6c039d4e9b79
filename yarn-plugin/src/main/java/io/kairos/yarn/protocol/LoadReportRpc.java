/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.Server;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.authorize.PolicyProvider;
import org.apache.hadoop.security.authorize.Service;

/** Both ends of {@link LoadReportProtocol} on Hadoop IPC. Thread-safe: it holds nothing. */
public final class LoadReportRpc {
    /** A node reports every second or so: a ResourceManager that does not answer soon is as good as none. */
    static final int TIMEOUT_MS = 2_000;

    /**
     * Builds the listening end; the caller starts and stops it.
     *
     * @param handler called on the IPC handler threads, concurrently; it must not block
     * @throws IOException if the address cannot be bound
     * @throws io.kairos.yarn.conf.SettingException one line, if a secure cluster does not name the NodeManagers' principal
     */
    public static RPC.Server server(
            Configuration configuration,
            InetSocketAddress address,
            int handlers,
            Function<LoadReport, LoadReportReply> handler)
            throws IOException {
        Configuration own = withEngine(configuration);
        ReporterCheck reporters = ReporterCheck.of(own);
        LoadReportProtocol instance = report -> {
            reporters.check(report.report().node(), Server.getRemoteUser());
            return new ReplyMessage(handler.apply(report.report()), report.isExtended());
        };
        RPC.Server server = new RPC.Builder(own)
                .setProtocol(LoadReportProtocol.class)
                .setInstance(instance)
                .setBindAddress(address.getHostString())
                .setPort(address.getPort())
                .setNumHandlers(handlers)
                .setVerbose(false)
                .build();
        // The check has said it, once; Hadoop would repeat it for each report.
        server.addSuppressedLoggingExceptions(AccessControlException.class);
        refreshAccessList(server, own);
        return server;
    }

    /** Reads hadoop-policy.xml anew, where the cluster uses service-level authorization; connections that stand are kept. */
    public static void refreshAccessList(RPC.Server server, Configuration configuration) {
        if (configuration.getBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, false)) {
            server.refreshServiceAcl(configuration, new LoadReportPolicy());
        }
    }

    /** With service-level authorization Hadoop refuses calls of protocols it has not been told of. */
    private static final class LoadReportPolicy extends PolicyProvider {
        private static final String ACL = "security.kairos.load-report.protocol.acl";

        @Override
        public Service[] getServices() {
            return new Service[] {new Service(ACL, LoadReportProtocol.class)};
        }
    }

    static LoadReportProtocol client(Configuration configuration, InetSocketAddress address) throws IOException {
        Configuration own = withEngine(configuration);
        own.setInt("ipc.client.connect.max.retries", 0);
        own.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
        own.setInt("ipc.client.connect.timeout", TIMEOUT_MS);
        own.setInt(CommonConfigurationKeys.IPC_PING_INTERVAL_KEY, TIMEOUT_MS);
        return RPC.getProxy(
                LoadReportProtocol.class,
                LoadReportProtocol.VERSION,
                address,
                UserGroupInformation.getCurrentUser(),
                own,
                NetUtils.getDefaultSocketFactory(own),
                TIMEOUT_MS);
    }

    @SuppressWarnings("deprecation") // LoadReportProtocol says why this engine
    private static Configuration withEngine(Configuration configuration) {
        Configuration own = new Configuration(configuration);
        RPC.setProtocolEngine(own, LoadReportProtocol.class, org.apache.hadoop.ipc.WritableRpcEngine.class);
        return own;
    }

    private LoadReportRpc() {}
}
