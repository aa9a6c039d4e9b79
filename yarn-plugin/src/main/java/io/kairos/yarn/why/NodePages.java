/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.NodeRow;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What NodeManagers say of their node tier on their page /jmx. Thread-safe. */
public final class NodePages {
    private static final String BEANS = "Hadoop:service=NodeManager,name=Kairos*";

    private final WebPages pages;

    public NodePages(WebPages pages) {
        this.pages = pages;
    }

    /**
     * Asks a node; one that does not answer is told as such.
     *
     * @param scheme of the cluster's web pages, http or https
     */
    public NodeAnswer ask(String scheme, NodeRow node) throws InterruptedException {
        try {
            long asked = System.currentTimeMillis();
            for (JsonNode bean : pages.beans(web(scheme, node), BEANS)) {
                // Several NodeManagers in one process show each other's beans as well.
                if (bean.path("NodeId").asText().equals(node.nodeId())
                        && bean.path("Tasks").isArray()) {
                    return new NodeAnswer(
                            node,
                            "",
                            bean.path("name").asText(),
                            bean.path("Version").asText(""),
                            WebPages.aheadMs(bean, asked),
                            bean.path("SettingsRefused").asText(""),
                            bean.path("PausingOff").asText(),
                            bean.path("ReportAgeSeconds").asDouble(),
                            bean.path("GuaranteeGrants").asLong(),
                            bean.path("PauseFailures").asLong(),
                            WebPages.rows(bean.path("Tasks"), TaskRow.class),
                            WebPages.rows(bean.path("NewestDecisions"), DecisionRow.class));
                }
            }
            return NodeAnswer.none(node, "its NodeManager runs without Kairos");
        } catch (IOException e) {
            return NodeAnswer.none(node, String.valueOf(e.getMessage()));
        }
    }

    /** What a node decided of a task, in order; empty if it knows nothing of it. */
    public List<DecisionRow> decisions(String scheme, NodeAnswer node, String container)
            throws IOException, InterruptedException {
        return WebPages.rows(
                pages.attribute(web(scheme, node.node()), node.bean(), "Decisions/" + container), DecisionRow.class);
    }

    private static URI web(String scheme, NodeRow node) throws IOException {
        try {
            return URI.create(scheme + "://" + node.httpAddress());
        } catch (IllegalArgumentException e) {
            throw new IOException(node.nodeId() + ": its web address is '" + node.httpAddress() + "'", e);
        }
    }
}
