/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a secure cluster only a NodeManager may report, and only of itself: the caller's principal is that of NodeManagers with the
 * reported node's host in it. A cluster without Kerberos believes every caller, as YARN itself believes whoever registers as a
 * node. Thread-safe.
 */
final class ReporterCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ReporterCheck.class);
    private static final String ANY_HOST = "/" + SecurityUtil.HOSTNAME_PATTERN + "@";

    /** Names of one machine that differ are the same host if they have an address in common. */
    private final Addresses addresses;

    /** The NodeManagers' principal as configured; null where the cluster is not secure. */
    private final @Nullable String principal;

    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** Looks up a host's addresses. */
    @FunctionalInterface
    interface Addresses {
        InetAddress[] of(String host) throws IOException;
    }

    private ReporterCheck(@Nullable String principal, Addresses addresses) {
        this.principal = principal;
        this.addresses = addresses;
    }

    /** Where the cluster is secure and does not say what NodeManagers are called, nobody may report. */
    static ReporterCheck of(Configuration configuration) {
        if (!UserGroupInformation.isSecurityEnabled()) {
            return new ReporterCheck(null, InetAddress::getAllByName);
        }
        String principal = configuration.getTrimmed(YarnConfiguration.NM_PRINCIPAL, "");
        if (principal.isEmpty()) {
            // Stock YARN starts without it, so this is no reason not to.
            LOG.error(
                    "{} is '': expected the principal of NodeManagers on a secure cluster, such as nm/_HOST@REALM;"
                            + " until then load reports are taken from nobody, and each node counts as a stock one",
                    YarnConfiguration.NM_PRINCIPAL);
            return secure("(" + YarnConfiguration.NM_PRINCIPAL + ", which is not set)", InetAddress::getAllByName);
        }
        return secure(principal, InetAddress::getAllByName);
    }

    static ReporterCheck secure(String principal, Addresses addresses) {
        return new ReporterCheck(principal, addresses);
    }

    /**
     * Returns if the caller may report of the node.
     *
     * @param caller null where the call came from nowhere
     * @throws AccessControlException one line with caller, node and who is expected; the log has it once for each caller
     */
    void check(NodeId node, @Nullable UserGroupInformation caller) throws AccessControlException {
        if (caller == null) {
            check(node, "nobody", AuthenticationMethod.SIMPLE);
        } else {
            check(node, caller.getUserName(), caller.getAuthenticationMethod());
        }
    }

    void check(NodeId node, String name, AuthenticationMethod method) throws AccessControlException {
        // A superuser who acts for a NodeManager is not one.
        if (principal == null || (method == AuthenticationMethod.KERBEROS && isReporter(principal, node, name))) {
            return;
        }
        String reason = name + " may not report of node " + node + ": expected "
                + principal.replace(ANY_HOST, "/" + node.getHost() + "@");
        if (refused.add(name)) {
            LOG.warn("Refused a load report: {}", reason);
        }
        throw new AccessControlException(reason);
    }

    private boolean isReporter(String nodeManagers, NodeId node, String name) {
        int host = nodeManagers.indexOf(ANY_HOST);
        if (host < 0) {
            return name.equals(nodeManagers);
        }
        String before = nodeManagers.substring(0, host + 1);
        String after = nodeManagers.substring(host + ANY_HOST.length() - 1);
        return name.length() > before.length() + after.length()
                && name.startsWith(before)
                && name.endsWith(after)
                && isSameHost(name.substring(before.length(), name.length() - after.length()), node.getHost());
    }

    private boolean isSameHost(String first, String second) {
        if (first.equalsIgnoreCase(second)) {
            return true;
        }
        try {
            Set<InetAddress> common = new HashSet<>(List.of(addresses.of(first)));
            common.retainAll(List.of(addresses.of(second)));
            return !common.isEmpty();
        } catch (IOException unknownHost) {
            return false;
        }
    }
}
