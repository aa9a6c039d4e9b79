/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.util.List;

/** The reference of all keys, as Markdown; docs/keys.md is made from it, and a test holds the two together. */
public final class KeyReference {
    private KeyReference() {}

    /** The whole reference. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("# Every configuration key\n\n"
                + "All keys go into yarn-site.xml, those of queues into capacity-scheduler.xml, and all have a default: a site sets only what it wants otherwise.\n"
                + "A value out of range stops the daemon at its start, with one line that names key, value and what is"
                + " allowed.\n\n"
                + "Of the keys that take effect live a ResourceManager takes new values with `yarn rmadmin -refreshQueues`;"
                + " a NodeManager looks whether yarn-site.xml has changed and takes them once it has been left alone for"
                + " 5 s. If any value is bad all are refused, with that line, and the old ones stay. The others take a"
                + " restart.\n");
        section(text, "ResourceManager", ResourceManagerKeys.ALL);
        section(text, "ResourceManager, each queue, in capacity-scheduler.xml", QueueKeys.ALL);
        section(text, "NodeManager", NodeManagerKeys.ALL);
        section(text, "NodeManager, containers in Docker", DockerKeys.ALL);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<Key<?>> keys) {
        text.append("\n## ")
                .append(title)
                .append("\n\n| key | default | allowed | takes effect | what it does |\n|---|---|---|---|---|\n");
        for (Key<?> key : keys) {
            text.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(key.defaultText().isEmpty() ? "(none)" : "`" + key.defaultText() + "`")
                    .append(" | ")
                    .append(key.allowed())
                    .append(" | ")
                    .append(key.isLive() ? "live" : "restart")
                    .append(" | ")
                    .append(key.description())
                    .append(" |\n");
        }
    }
}
