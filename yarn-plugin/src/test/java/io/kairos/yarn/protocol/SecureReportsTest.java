/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.testing.SecureRealm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Load reports under Kerberos: real tickets, real logins, real Hadoop IPC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureReportsTest {
    private static final int BOUND = 6;
    private static final String ELSEWHERE = "nm/elsewhere.example.org";

    private final AtomicInteger taken = new AtomicInteger();
    private SecureRealm realm;
    private String nodeManager;

    @BeforeAll
    void openRealm(@TempDir Path folder) throws Exception {
        realm = new SecureRealm(Files.createDirectory(folder.resolve("realm")));
        realm.login("rm/" + realm.host());
        nodeManager = "nm/" + realm.host();
    }

    @AfterAll
    void closeRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @BeforeEach
    void noneTaken() {
        taken.set(0);
    }

    @Test
    void aNodeManagerReportsOfItselfAndNobodyElseDoes() throws Exception {
        RPC.Server server = start(realm.site());
        try {
            assertThat(reportAs(nodeManager, server)).isEqualTo(BOUND);
            assertThat(taken).hasValue(1);

            assertRefused(
                    "alice", server, "alice@EXAMPLE.COM may not report of node " + realm.host() + ":8041: expected");
            assertRefused(ELSEWHERE, server, ELSEWHERE + "@EXAMPLE.COM may not report of node " + realm.host());
            assertThat(taken).as("reports taken").hasValue(1);

            assertThat(reportAs(nodeManager, server)).isEqualTo(BOUND);
        } finally {
            server.stop();
        }
    }

    @Test
    void whoHasNoTicketIsRefused() throws Exception {
        RPC.Server server = start(realm.site());
        try (LoadReportClient client = client(server)) {
            UserGroupInformation nobody = UserGroupInformation.createRemoteUser("nobody");
            assertThatThrownBy(() -> nobody.doAs(
                            (java.security.PrivilegedExceptionAction<LoadReportReply>) () -> client.report(report())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no ResourceManager took the load report at")
                    .hasMessageNotContaining("\n");
            assertThat(taken).hasValue(0);
        } finally {
            server.stop();
        }
    }

    @Test
    void serviceLevelAuthorizationHoldsBesideIt() throws Exception {
        Configuration guarded = realm.site();
        guarded.setBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, true);
        RPC.Server server = start(guarded);
        try {
            assertThat(reportAs(nodeManager, server)).isEqualTo(BOUND);
            assertRefused("alice", server, "this service is only accessible by " + realm.principal(nodeManager));
            assertRefused(ELSEWHERE, server, "this service is only accessible by " + realm.principal(nodeManager));

            guarded.set("security.kairos.load-report.protocol.acl", "somebody-else");
            LoadReportRpc.refreshAccessList(server, guarded);
            assertRefused(nodeManager, server, "is not authorized");
            guarded.set("security.kairos.load-report.protocol.acl", "nm");
            LoadReportRpc.refreshAccessList(server, guarded);
            assertThat(reportAs(nodeManager, server)).isEqualTo(BOUND);
        } finally {
            server.stop();
        }
    }

    @Test
    void whereASecureClusterDoesNotSayWhatItsNodeManagersAreCalledNobodyMayReport() throws Exception {
        Configuration silent = realm.site();
        silent.unset(YarnConfiguration.NM_PRINCIPAL);
        RPC.Server server = start(silent);
        try {
            assertThatThrownBy(() -> reportAs("nm/" + realm.host(), server))
                    .hasMessageContaining("expected (yarn.nodemanager.principal, which is not set)");
            assertThat(taken).hasValue(0);
        } finally {
            server.stop();
        }
    }

    private RPC.Server start(Configuration configuration) throws IOException {
        RPC.Server server = LoadReportRpc.server(configuration, new InetSocketAddress(realm.host(), 0), 1, report -> {
            taken.incrementAndGet();
            return new LoadReportReply(BOUND, new TreeMap<>());
        });
        server.start();
        return server;
    }

    private int reportAs(String name, RPC.Server server) throws Exception {
        return realm.as(name, () -> {
            try (LoadReportClient client = client(server)) {
                return client.report(report()).bound();
            }
        });
    }

    private void assertRefused(String name, RPC.Server server, String reason) {
        assertThatThrownBy(() -> reportAs(name, server))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private LoadReportClient client(RPC.Server server) {
        Configuration configuration = realm.site();
        configuration.set(
                ResourceManagerKeys.REPORT_ADDRESS.name(),
                NetUtils.getHostPortString(NetUtils.getConnectAddress(server)));
        return new LoadReportClient(configuration);
    }

    private LoadReport report() {
        return LoadReport.of(NodeId.newInstance(realm.host(), 8041), 1, 1).build();
    }
}
