/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * A NodeManager's end of the load report. With ResourceManager HA it walks the addresses until one accepts (a standby has no
 * listener) and stays with that one. Thread-safe; reports of several threads go out one after the other.
 */
public final class LoadReportClient implements Closeable {
    private final Configuration configuration;
    private final int resourceManagers;
    private int current;
    private @Nullable LoadReportProtocol proxy;

    /** @throws IllegalArgumentException one line, if an address in the configuration is malformed */
    public LoadReportClient(Configuration configuration) {
        this.configuration = configuration;
        this.resourceManagers = ReportAddresses.all(configuration).size();
    }

    /**
     * Sends one report and waits for the reply, about two seconds at most for each ResourceManager.
     *
     * @throws IOException one line, if no ResourceManager accepted the report
     */
    public synchronized LoadReportReply report(LoadReport report) throws IOException {
        List<InetSocketAddress> addresses = ReportAddresses.all(configuration);
        @Nullable Exception last = null;
        for (int tried = 0; tried < resourceManagers; tried++) {
            try {
                return connect(addresses.get(current))
                        .report(new ReportMessage(report))
                        .reply();
            } catch (Exception e) {
                // The proxy throws what the wire gave it, checked or not; any failure moves on to the next
                // ResourceManager.
                last = moreTelling(last, e);
                disconnect();
                current = (current + 1) % resourceManagers;
            }
        }
        throw new IOException("no ResourceManager took the load report at " + addresses + ": " + reason(last), last);
    }

    @Override
    public synchronized void close() {
        disconnect();
    }

    private LoadReportProtocol connect(InetSocketAddress address) throws IOException {
        LoadReportProtocol connected = proxy;
        if (connected == null) {
            connected = LoadReportRpc.client(configuration, address);
            proxy = connected;
        }
        return connected;
    }

    private void disconnect() {
        if (proxy != null) {
            RPC.stopProxy(proxy);
            proxy = null;
        }
    }

    /** What one ResourceManager says tells more than that another, a standby perhaps, does not listen. */
    private static Exception moreTelling(@Nullable Exception before, Exception now) {
        return before instanceof RemoteException && !(now instanceof RemoteException) ? before : now;
    }

    private static String reason(@Nullable Exception failure) {
        if (failure == null) {
            return "none is configured";
        }
        if (failure instanceof RemoteException refusal) {
            String said = firstLine(refusal);
            String kind = refusal.getClassName() + ": ";
            return said.startsWith(kind) ? said.substring(kind.length()) : said;
        }
        @Nullable Throwable cause = failure.getCause();
        Throwable root = cause != null ? cause : failure;
        return firstLine(root);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
