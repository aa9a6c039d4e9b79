/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void eachPortIsGivenOnceAndBelowThoseOfOutgoingConnections() throws IOException {
        Ports ports = new Ports(new SplittableRandom(1));
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(ports.any())).isTrue();
        }
        assertThat(given).allMatch(port -> port >= 18_000 && port < 32_000);
    }

    @Test
    void aPortThatIsTakenIsNotGiven() throws IOException {
        try (ServerSocket onLoopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket onAll = new ServerSocket(0)) {
            Ports ports = new Ports(new SplittableRandom(1));
            assertThat(ports.rather(onLoopback.getLocalPort())).isNotEqualTo(onLoopback.getLocalPort());
            assertThat(ports.rather(onAll.getLocalPort())).isNotEqualTo(onAll.getLocalPort());
        }
    }

    @Test
    void aPortIsPreferredOnce() throws IOException {
        Ports ports = new Ports(new SplittableRandom(1));
        int free = new Ports(new SplittableRandom(2)).any();
        assertThat(ports.rather(free)).isEqualTo(free);
        assertThat(ports.rather(free)).isNotEqualTo(free);
    }
}
