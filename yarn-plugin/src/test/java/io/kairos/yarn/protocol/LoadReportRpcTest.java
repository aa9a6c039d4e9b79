/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

/** Load reports over real Hadoop IPC, and what a peer may send in their place. */
class LoadReportRpcTest {
    private static final ApplicationId FIRST = ApplicationId.newInstance(1_700_000_000_000L, 1);
    private static final ApplicationId SECOND = ApplicationId.newInstance(1_700_000_000_000L, 2);
    private static final LoadReport REPORT = LoadReport.of(NodeId.newInstance("node-1", 8041), 1_700_000_000_000L, 7)
            .slots(4)
            .queueBound(2)
            .tasks(3, 2, 1)
            .attained(12.5, 6.25)
            .runningBetween(0.5, 60)
            .application(FIRST, 70)
            .application(SECOND, 5.5)
            .mode(Mode.OBSERVE)
            .pausesNotMade(17)
            .ended(FIRST, new EndedTasks(3, 12.5))
            .tally(new Tally(5, 2, "no freezer"))
            .build();

    /** What one application's ended tasks take, with the number of applications. */
    private static final int ENDED_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES + Double.BYTES;

    /** Whether it is there, two numbers, and a text. */
    private static final int TALLY_BYTES = Byte.BYTES + 2 * Long.BYTES + Short.BYTES + "no freezer".length();

    /** Its length, the name of the mode, a number, the ended tasks, and what the node has done. */
    private static final int EXTENSION_BYTES =
            Integer.BYTES + Short.BYTES + Mode.OBSERVE.toString().length() + Long.BYTES + ENDED_BYTES + TALLY_BYTES;

    @Test
    void reportAndReplyArriveAsSent() throws Exception {
        List<LoadReport> taken = Collections.synchronizedList(new ArrayList<>());
        LoadReportReply reply = new LoadReportReply(
                6,
                new TreeMap<>(Map.of(FIRST, 1.5)),
                Mode.OBSERVE,
                new TreeMap<>(Map.of(FIRST, new ApplicationTerms(2.5, false, true))));
        withServer(
                report -> {
                    taken.add(report);
                    return reply;
                },
                address -> {
                    try (LoadReportClient client = new LoadReportClient(single(address))) {
                        assertThat(client.report(REPORT)).isEqualTo(reply);
                        assertThat(taken).containsExactly(REPORT);
                    }
                });
    }

    @Test
    void walksTheResourceManagersUntilOneAccepts() throws Exception {
        withServer(report -> new LoadReportReply(6, new TreeMap<>()), address -> {
            Configuration configuration = new Configuration(false);
            configuration.setBoolean(YarnConfiguration.RM_HA_ENABLED, true);
            configuration.set(YarnConfiguration.RM_HA_IDS, "rm1,rm2");
            String key = ResourceManagerKeys.REPORT_ADDRESS.name();
            configuration.set(key + ".rm1", "localhost:" + closedPort());
            configuration.set(key + ".rm2", NetUtils.getHostPortString(address));
            try (LoadReportClient client = new LoadReportClient(configuration)) {
                assertThat(client.report(REPORT).bound()).isEqualTo(6);
                assertThat(client.report(REPORT).bound()).isEqualTo(6);
            }
        });
    }

    @Test
    void comesBackAfterTheResourceManagerRestarted() throws Exception {
        RPC.Server first =
                server(report -> new LoadReportReply(6, new TreeMap<>()), new InetSocketAddress("localhost", 0));
        InetSocketAddress address = NetUtils.getConnectAddress(first);
        try (LoadReportClient client = new LoadReportClient(single(address))) {
            first.start();
            client.report(REPORT);
            first.stop();
            first.join();
            assertThatThrownBy(() -> client.report(REPORT)).isInstanceOf(IOException.class);
            RPC.Server second = server(report -> new LoadReportReply(9, new TreeMap<>()), address);
            second.start();
            try {
                assertThat(client.report(REPORT).bound()).isEqualTo(9);
            } finally {
                second.stop();
            }
        }
    }

    @Test
    void serviceLevelAuthorizationLetsInWhomItsListNamesAndNobodyElse() throws Exception {
        Configuration guarded = new Configuration(false);
        guarded.setBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, true);
        assertThat(reportedTo(guarded)).isEqualTo(6);

        guarded.set(
                "security.kairos.load-report.protocol.acl",
                UserGroupInformation.getCurrentUser().getShortUserName());
        assertThat(reportedTo(guarded)).isEqualTo(6);

        guarded.set("security.kairos.load-report.protocol.acl", "somebody-else");
        assertThatThrownBy(() -> reportedTo(guarded))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not authorized");
    }

    @Test
    void nobodyThereIsOneLineThatNamesTheAddress() throws Exception {
        int port = closedPort();
        try (LoadReportClient client = new LoadReportClient(single(new InetSocketAddress("localhost", port)))) {
            assertThatThrownBy(() -> client.report(REPORT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no ResourceManager took the load report at [localhost")
                    .hasMessageContaining(":" + port)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void malformedNumbersAreRefusedWhenRead() throws Exception {
        byte[] sent = bytes(REPORT);
        int end = sent.length - EXTENSION_BYTES;
        int mean = end - Integer.BYTES - 2 * (Long.BYTES + Integer.BYTES + Double.BYTES) - 4 * Double.BYTES;
        assertRefused(withDouble(sent, mean, Double.NaN), "mean");
        assertRefused(withDouble(sent, mean + Double.BYTES, -1), "variance");
        assertRefused(withDouble(sent, mean + 3 * Double.BYTES, Double.POSITIVE_INFINITY), "mostRunning");
        assertRefused(withDouble(sent, end - Double.BYTES, Double.NaN), "attained service");
        assertRefused(withInt(sent, mean - Integer.BYTES, -1), "must not be negative");
        assertRefused(withInt(sent, mean - Integer.BYTES, Integer.MAX_VALUE), "overflow");
        assertRefused(withInt(sent, mean + 4 * Double.BYTES, Integer.MAX_VALUE), "applications");
        assertRefused(withInt(sent, end, Integer.MAX_VALUE), "extension");
        int tally = sent.length - TALLY_BYTES;
        assertRefused(withDouble(sent, tally - Double.BYTES, Double.NaN), "ended tasks");
        assertRefused(withInt(sent, tally - Double.BYTES - Long.BYTES, -1), "ended tasks");
        assertRefused(withInt(sent, tally + Byte.BYTES, -1), "guarantees and failed pauses");
        byte[] otherVersion = sent.clone();
        otherVersion[0] = 9;
        assertRefused(otherVersion, "version 9");
    }

    @Test
    void aReportOfAnOlderNodeIsOfOneThatEnforcesAndIsAnsweredWithoutWhatItDoesNotKnow() throws Exception {
        byte[] sent = bytes(REPORT);
        ReportMessage read = read(Arrays.copyOf(sent, sent.length - EXTENSION_BYTES));
        assertThat(read.isExtended()).isFalse();
        assertThat(read.report().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(read.report().attainedByApplication()).isEqualTo(REPORT.attainedByApplication());

        LoadReportReply reply = new LoadReportReply(
                6, new TreeMap<>(), Mode.OFF, new TreeMap<>(Map.of(FIRST, ApplicationTerms.DEFAULT)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReplyMessage(reply, false).write(new DataOutputStream(out));
        assertThat(out.size()).isEqualTo(1 + Integer.BYTES + Integer.BYTES);
        ReplyMessage older = new ReplyMessage();
        older.readFields(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
        assertThat(older.reply()).isEqualTo(new LoadReportReply(6, new TreeMap<>()));
    }

    @Test
    void aNodeOfTheFirstReleaseWithAnExtensionTellsNothingOfEndedTasks() throws Exception {
        byte[] sent = bytes(REPORT);
        LoadReport read = read(shortened(sent, ENDED_BYTES + TALLY_BYTES)).report();
        assertThat(read.endedByApplication()).isEmpty();
        assertThat(read.tally()).isEmpty();
        assertThat(read.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(read.pausesNotMade()).isEqualTo(17);
    }

    @Test
    void aNodeOfTheNextReleaseTellsNothingOfWhatItHasDone() throws Exception {
        LoadReport read = read(shortened(bytes(REPORT), TALLY_BYTES)).report();
        assertThat(read.endedByApplication()).isEqualTo(REPORT.endedByApplication());
        assertThat(read.tally()).isEmpty();
    }

    /** The message as it is without the last bytes of its extension. */
    private static byte[] shortened(byte[] sent, int missing) {
        byte[] shorter = Arrays.copyOf(sent, sent.length - missing);
        ByteBuffer.wrap(shorter).putInt(sent.length - EXTENSION_BYTES, EXTENSION_BYTES - Integer.BYTES - missing);
        return shorter;
    }

    @Test
    void whatANewerPeerAddsIsLeftUnread() throws Exception {
        byte[] sent = bytes(REPORT);
        byte[] longer = Arrays.copyOf(sent, sent.length + 3);
        ByteBuffer.wrap(longer).putInt(sent.length - EXTENSION_BYTES, EXTENSION_BYTES - Integer.BYTES + 3);
        assertThat(read(longer).report()).isEqualTo(REPORT);
    }

    @Test
    void addressesComeFromTheMostSpecificKey() {
        Configuration configuration = new Configuration(false);
        configuration.set(YarnConfiguration.RM_HOSTNAME, "localhost");
        assertThat(ReportAddresses.own(configuration)).hasToString("localhost/127.0.0.1:8037");
        configuration.set(YarnConfiguration.RM_HOSTNAME, "0.0.0.0");
        configuration.set(YarnConfiguration.RM_ADDRESS, "localhost:8032");
        assertThat(ReportAddresses.own(configuration)).hasToString("localhost/127.0.0.1:8037");
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "127.0.0.1:9000");
        assertThat(ReportAddresses.own(configuration).getPort()).isEqualTo(9000);
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "localhost");
        assertThatThrownBy(() -> ReportAddresses.own(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        ResourceManagerKeys.REPORT_ADDRESS.name()
                                + " is 'localhost': expected HOST:PORT, or nothing for port 8037 of the ResourceManager's host");
    }

    private static void withServer(Function<LoadReport, LoadReportReply> handler, Use use) throws Exception {
        RPC.Server server = server(handler, new InetSocketAddress("localhost", 0));
        server.start();
        try {
            use.at(NetUtils.getConnectAddress(server));
        } finally {
            server.stop();
        }
    }

    /** The bound that a server of this configuration answers a report with. */
    private static int reportedTo(Configuration configuration) throws Exception {
        RPC.Server server = LoadReportRpc.server(
                configuration,
                new InetSocketAddress("localhost", 0),
                1,
                report -> new LoadReportReply(6, new TreeMap<>()));
        server.start();
        try (LoadReportClient client = new LoadReportClient(single(NetUtils.getConnectAddress(server)))) {
            return client.report(REPORT).bound();
        } finally {
            server.stop();
        }
    }

    private static RPC.Server server(Function<LoadReport, LoadReportReply> handler, InetSocketAddress address)
            throws IOException {
        return LoadReportRpc.server(new Configuration(false), address, 1, handler);
    }

    private static Configuration single(InetSocketAddress address) {
        Configuration configuration = new Configuration(false);
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), NetUtils.getHostPortString(address));
        return configuration;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static byte[] bytes(LoadReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReportMessage(report).write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static ReportMessage read(byte[] message) throws IOException {
        ReportMessage read = new ReportMessage();
        read.readFields(new DataInputStream(new ByteArrayInputStream(message)));
        return read;
    }

    private static byte[] withDouble(byte[] bytes, int at, double value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putDouble(at, value);
        return changed;
    }

    private static byte[] withInt(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    private static void assertRefused(byte[] message, String reason) {
        assertThatThrownBy(() -> new ReportMessage().readFields(new DataInputStream(new ByteArrayInputStream(message))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private interface Use {
        void at(InetSocketAddress address) throws Exception;
    }
}
