/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Where ResourceManagers listen for load reports, from the configuration. Names are resolved at each call. */
public final class ReportAddresses {
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Addresses of all ResourceManagers, in the order in which they are tried.
     *
     * @throws SettingException one line with key, value and what is expected
     */
    public static List<InetSocketAddress> all(Configuration configuration) {
        if (!HAUtil.isHAEnabled(configuration)) {
            return List.of(ofSingle(configuration));
        }
        return HAUtil.getRMHAIds(configuration).stream()
                .map(id -> ofHighlyAvailable(configuration, id))
                .toList();
    }

    /**
     * The address the ResourceManager of this configuration listens at.
     *
     * @throws SettingException one line with key, value and what is expected
     */
    public static InetSocketAddress own(Configuration configuration) {
        return HAUtil.isHAEnabled(configuration)
                ? ofHighlyAvailable(configuration, HAUtil.getRMHAId(configuration))
                : ofSingle(configuration);
    }

    /** The key that holds the address of the ResourceManager of this configuration. */
    public static String ownKey(Configuration configuration) {
        String name = ResourceManagerKeys.REPORT_ADDRESS.name();
        return HAUtil.isHAEnabled(configuration) ? HAUtil.addSuffix(name, HAUtil.getRMHAId(configuration)) : name;
    }

    private static InetSocketAddress ofSingle(Configuration configuration) {
        return address(
                configuration,
                ResourceManagerKeys.REPORT_ADDRESS.name(),
                YarnConfiguration.RM_HOSTNAME,
                YarnConfiguration.RM_ADDRESS);
    }

    private static InetSocketAddress ofHighlyAvailable(Configuration configuration, String id) {
        return address(
                configuration,
                HAUtil.addSuffix(ResourceManagerKeys.REPORT_ADDRESS.name(), id),
                HAUtil.addSuffix(YarnConfiguration.RM_HOSTNAME, id),
                HAUtil.addSuffix(YarnConfiguration.RM_ADDRESS, id));
    }

    private static InetSocketAddress address(
            Configuration configuration, String key, String hostKey, String resourceManagerKey) {
        String text = configuration.getTrimmed(key, "");
        if (text.isEmpty()) {
            return NetUtils.createSocketAddrForHost(
                    host(configuration, hostKey, resourceManagerKey), ResourceManagerKeys.DEFAULT_REPORT_PORT);
        }
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon < 1 || port < 0 || port > HIGHEST_PORT) {
                throw new NumberFormatException(text);
            }
            return NetUtils.createSocketAddrForHost(text.substring(0, colon), port);
        } catch (NumberFormatException refused) {
            throw new SettingException(
                    key + " is '" + text + "': expected " + ResourceManagerKeys.REPORT_ADDRESS.allowed());
        }
    }

    /** Sites that set only whole addresses have no host name key: then the host clients submit to is taken. */
    private static String host(Configuration configuration, String hostKey, String resourceManagerKey) {
        String host = configuration.getTrimmed(hostKey, "");
        String resourceManager = configuration.getTrimmed(resourceManagerKey, "");
        int colon = resourceManager.indexOf(':');
        boolean unspecific = host.isEmpty() || host.equals("0.0.0.0");
        return unspecific && colon > 0 ? resourceManager.substring(0, colon) : host.isEmpty() ? "0.0.0.0" : host;
    }

    private ReportAddresses() {}
}
