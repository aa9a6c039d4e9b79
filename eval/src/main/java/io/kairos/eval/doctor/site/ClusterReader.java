/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.eval.watch.ClusterPages;
import io.kairos.eval.watch.ClusterPages.Central;
import io.kairos.eval.watch.ClusterPages.Daemon;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.ReportAddresses;
import io.kairos.yarn.why.NodeAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Asks a cluster that runs. */
public final class ClusterReader {
    private static final int CONNECT_MS = 2_000;

    private ClusterReader() {}

    /** What the daemons say; not known where no ResourceManager is active. */
    public static Known<Cluster> read(List<URI> resourceManagers, Configuration configuration)
            throws InterruptedException {
        try (ClusterPages pages = new ClusterPages(resourceManagers)) {
            Daemon daemon = pages.active();
            Known<Central> central = central(pages);
            List<NodeAnswer> nodes =
                    central.value().isPresent() ? pages.nodes(central.value().get()) : List.of();
            List<InetSocketAddress> reports = reportAddresses(configuration, daemon.address());
            return Known.of(new Cluster(
                    daemon,
                    central,
                    nodes,
                    reports.stream().map(ClusterReader::text).collect(Collectors.joining(", ")),
                    reports(central, reports)));
        } catch (IOException e) {
            return Known.not(String.valueOf(e.getMessage()));
        }
    }

    private static Known<Boolean> reports(Known<Central> central, List<InetSocketAddress> addresses) {
        if (!central.isKnown()) {
            return Known.not("the ResourceManager has no Kairos");
        }
        return addresses.isEmpty() ? Known.not("the address in the files is refused") : Known.of(answers(addresses));
    }

    private static Known<Central> central(ClusterPages pages) throws InterruptedException {
        try {
            return Known.of(pages.central());
        } catch (IOException e) {
            return Known.not(String.valueOf(e.getMessage()));
        }
    }

    /** Where nothing but the wildcard is set, the host whose web pages answered is meant. */
    private static List<InetSocketAddress> reportAddresses(Configuration configuration, URI web) {
        try {
            return ReportAddresses.all(configuration).stream()
                    .map(address ->
                            isWildcard(address) ? new InetSocketAddress(web.getHost(), address.getPort()) : address)
                    .toList();
        } catch (SettingException refused) {
            return List.of(); // told by the check of values
        }
    }

    private static boolean isWildcard(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return ip != null && ip.isAnyLocalAddress();
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** With several ResourceManagers the active one alone listens. */
    private static boolean answers(List<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
                return true;
            } catch (IOException e) {
                continue;
            }
        }
        return false;
    }
}
