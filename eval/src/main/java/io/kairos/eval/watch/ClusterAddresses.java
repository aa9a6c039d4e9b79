/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Where the web pages of the ResourceManagers are: as a user wrote it, or as the cluster's own files say. */
public final class ClusterAddresses {
    private ClusterAddresses() {}

    /**
     * One address or, for a cluster with several ResourceManagers, all of them with commas between.
     *
     * @throws IllegalArgumentException what is wrong and what was expected
     */
    public static List<URI> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(ClusterAddresses::address)
                .toList();
    }

    /**
     * Those that yarn-site.xml in this folder names, with core-site.xml beside it where there is one.
     *
     * @throws IllegalArgumentException what is wrong and what was expected
     */
    public static List<URI> configuredIn(Path folder) {
        Path site = folder.resolve("yarn-site.xml");
        if (!Files.isReadable(site)) {
            throw new IllegalArgumentException(folder + ": expected a folder with the cluster's yarn-site.xml");
        }
        Configuration configuration = new YarnConfiguration(new Configuration(false));
        Path core = folder.resolve("core-site.xml");
        if (Files.isReadable(core)) {
            configuration.addResource(new org.apache.hadoop.fs.Path(core.toUri()));
        }
        configuration.addResource(new org.apache.hadoop.fs.Path(site.toUri()));
        try {
            return of(configuration);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(site + ": " + String.valueOf(e.getMessage()), e);
        }
    }

    static List<URI> of(Configuration configuration) {
        boolean secure = YarnConfiguration.useHttps(configuration);
        if (!HAUtil.isHAEnabled(configuration)) {
            return List.of(webAddress(configuration, "", secure));
        }
        List<URI> addresses = new ArrayList<>();
        for (String id : configuration.getTrimmedStringCollection(YarnConfiguration.RM_HA_IDS)) {
            addresses.add(webAddress(configuration, "." + id, secure));
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(YarnConfiguration.RM_HA_IDS + " is empty: expected the ids of the"
                    + " ResourceManagers, as " + YarnConfiguration.RM_HA_ENABLED + " is true");
        }
        return addresses;
    }

    private static URI webAddress(Configuration configuration, String suffix, boolean secure) {
        String key = secure ? YarnConfiguration.RM_WEBAPP_HTTPS_ADDRESS : YarnConfiguration.RM_WEBAPP_ADDRESS;
        int port = secure ? YarnConfiguration.DEFAULT_RM_WEBAPP_HTTPS_PORT : YarnConfiguration.DEFAULT_RM_WEBAPP_PORT;
        String host = configuration.getTrimmed(YarnConfiguration.RM_HOSTNAME + suffix, "localhost");
        // What yarn-default.xml has refers to the host name, which is right where there is no suffix.
        String address = configuration.getTrimmed(key + suffix, host + ":" + port);
        String reachable =
                address.startsWith("0.0.0.0:") ? "localhost" + address.substring("0.0.0.0".length()) : address;
        return address((secure ? "https://" : "http://") + reachable);
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return URI.create(uri.getScheme() + "://" + uri.getAuthority());
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "'" + text + "': expected the web address of a ResourceManager, as in" + " http://host:8088");
    }
}
