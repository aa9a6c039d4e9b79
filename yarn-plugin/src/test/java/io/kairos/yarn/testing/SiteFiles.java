/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.FileSystemBasedConfigurationProvider;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The files a ResourceManager of a test is configured by, in a folder of the test, so that they can change while it runs. */
public final class SiteFiles {
    private final Path folder;

    public SiteFiles(Path folder) {
        this.folder = folder;
    }

    /** Has the ResourceManager read them. What a program sets wins until the first refresh of the queues, as far as these go. */
    public void use(Configuration configuration) {
        configuration.set(
                YarnConfiguration.RM_CONFIGURATION_PROVIDER_CLASS,
                FileSystemBasedConfigurationProvider.class.getName());
        configuration.set(
                YarnConfiguration.FS_BASED_RM_CONF_STORE, folder.toUri().toString());
    }

    /** Writes yarn-site.xml anew. */
    public void site(Map<String, String> properties) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, "64",
                YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, "16384",
                YarnConfiguration.SCHEDULER_SKIP_NODE_MULTIPLIER, "100"));
        all.putAll(properties);
        write("yarn-site.xml", all);
    }

    /** Writes capacity-scheduler.xml anew: the queues default and other, of these capacities, with what is said besides. */
    public void queues(int defaultCapacity, int otherCapacity, Map<String, String> besides) throws IOException {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "yarn.scheduler.capacity.root.queues", "default,other",
                "yarn.scheduler.capacity.root.default.capacity", Integer.toString(defaultCapacity),
                "yarn.scheduler.capacity.root.other.capacity", Integer.toString(otherCapacity),
                "yarn.scheduler.capacity.root.default.user-limit-factor", "100",
                "yarn.scheduler.capacity.root.other.user-limit-factor", "100",
                "yarn.scheduler.capacity.maximum-am-resource-percent", "1.0"));
        properties.putAll(besides);
        write("capacity-scheduler.xml", properties);
    }

    private void write(String name, Map<String, String> properties) throws IOException {
        Files.writeString(folder.resolve(name), text(properties));
    }

    /** A file with these properties. */
    public static String text(Map<String, String> properties) {
        StringBuilder text = new StringBuilder("<configuration>\n");
        properties.forEach((key, value) -> text.append("<property><name>")
                .append(key)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        return text.append("</configuration>\n").toString();
    }
}
