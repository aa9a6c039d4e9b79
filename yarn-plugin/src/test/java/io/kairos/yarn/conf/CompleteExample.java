/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.util.List;
import org.apache.commons.text.WordUtils;

/**
 * Files with every key at its default, for admins who would rather strike out than look up; those below conf/complete are made from it,
 * and a test holds them together.
 */
final class CompleteExample {
    private static final int WIDTH = 120;

    private CompleteExample() {}

    /** yarn-site.xml: the three classes, and every key that goes there. */
    static String yarnSite() {
        StringBuilder text = begin(
                "Every key of Kairos that goes into yarn-site.xml, with its default; the three classes that enable"
                        + " Kairos come first. What else a cluster needs is in the minimal example one folder up.");
        property(
                text,
                "ResourceManager: the central tier.",
                "yarn.resourcemanager.scheduler.class",
                "io.kairos.yarn.rm.KairosScheduler");
        property(
                text,
                "NodeManager: the node tier. The executor for containers in Docker is"
                        + " io.kairos.yarn.nm.docker.KairosDockerContainerExecutor.",
                "yarn.nodemanager.container-executor.class",
                "io.kairos.yarn.nm.KairosContainerExecutor");
        property(text, "", "yarn.nodemanager.containers-launcher.class", "io.kairos.yarn.nm.KairosContainersLauncher");
        section(text, "ResourceManager", ResourceManagerKeys.ALL);
        section(text, "NodeManager", NodeManagerKeys.ALL);
        section(text, "NodeManager, containers in Docker", DockerKeys.ALL);
        return text.append("</configuration>\n").toString();
    }

    /** What a queue may have in capacity-scheduler.xml, here of root.default. */
    static String capacityScheduler() {
        StringBuilder text =
                begin("What a queue may say of Kairos, with its default, here the queue root.default; a queue that says"
                        + " nothing is as its parent is. Add it to the cluster's own capacity-scheduler.xml.");
        property(text, "Stock: the queues.", "yarn.scheduler.capacity.root.queues", "default");
        property(text, "", "yarn.scheduler.capacity.root.default.capacity", "100");
        section(text, "Each queue", QueueKeys.ALL);
        return text.append("</configuration>\n").toString();
    }

    private static StringBuilder begin(String about) {
        StringBuilder text =
                new StringBuilder("<?xml version=\"1.0\"?>\n<!-- SPDX-License-Identifier: Apache-2.0 -->\n");
        comment(text, "", about);
        return text.append("<configuration>\n");
    }

    private static void section(StringBuilder text, String title, List<Key<?>> keys) {
        text.append('\n');
        comment(text, "  ", "==== " + title + " ====");
        for (Key<?> key : keys) {
            String about = key.description() + " Allowed: " + key.allowed() + ". Takes effect "
                    + (key.isLive() ? "live." : "with a restart.");
            if (key.defaultText().isEmpty()) {
                text.append('\n');
                comment(text, "  ", about + " Not set: " + key.name());
            } else {
                property(text, about, key.name().replace(QueueKeys.QUEUE_PATH, "root.default"), key.defaultText());
            }
        }
    }

    private static void property(StringBuilder text, String about, String name, String value) {
        if (!about.isEmpty()) {
            text.append('\n');
            comment(text, "  ", about);
        }
        text.append("  <property>\n    <name>")
                .append(name)
                .append("</name>\n    <value>")
                .append(value)
                .append("</value>\n  </property>\n");
    }

    private static void comment(StringBuilder text, String indent, String words) {
        String plain = words.replace("<", "[").replace(">", "]");
        if (indent.length() + plain.length() + 9 <= WIDTH) {
            text.append(indent).append("<!-- ").append(plain).append(" -->\n");
            return;
        }
        text.append(indent).append("<!--\n");
        for (String line :
                WordUtils.wrap(plain, WIDTH - indent.length() - 2, "\n", false).split("\n", -1)) {
            text.append(indent).append("  ").append(line).append('\n');
        }
        text.append(indent).append("-->\n");
    }
}
