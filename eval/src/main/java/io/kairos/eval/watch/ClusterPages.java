/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.yarn.nm.DecisionRow;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.rm.PlacementRow;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.ApplicationLine;
import io.kairos.yarn.why.NodeAnswer;
import io.kairos.yarn.why.NodePages;
import io.kairos.yarn.why.WebPages;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the daemons of one cluster say of Kairos. Asks the active ResourceManager, wherever that is now. Not thread-safe. */
public final class ClusterPages implements AutoCloseable {
    private static final String CENTRAL = "Hadoop:service=ResourceManager,name=Kairos*";
    private static final int NODES_AT_A_TIME = 32;

    private final List<URI> resourceManagers;
    private final WebPages pages = WebPages.withTicket();
    private final NodePages nodePages = new NodePages(pages);
    private final ExecutorService askers = Executors.newFixedThreadPool(NODES_AT_A_TIME, task -> {
        Thread thread = new Thread(task, "ask a node");
        thread.setDaemon(true);
        return thread;
    });

    /** @param resourceManagers where their web pages are, one or more */
    public ClusterPages(List<URI> resourceManagers) {
        this.resourceManagers = List.copyOf(resourceManagers);
    }

    /**
     * The central tier as it is now.
     *
     * @param address of the active ResourceManager
     * @param mode what is in force; empty where it does not say
     * @param policy what orders tasks; empty where it does not say
     * @param version of Kairos there; empty where it does not say
     * @param aheadMs how far its clock is ahead of this machine's, milliseconds, give or take what the answer took; absent where it does not say
     */
    public record Central(
            URI address,
            String bean,
            String version,
            @Nullable Long aheadMs,
            String mode,
            String policy,
            long placements,
            long boundRejections,
            long errors,
            List<NodeRow> nodes) {}

    /**
     * Asks the ResourceManagers one after the other until one is active and has Kairos.
     *
     * @throws IOException none is: what each said, in one line
     */
    public Central central() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (URI address : resourceManagers) {
            try {
                long asked = System.currentTimeMillis();
                for (JsonNode bean : pages.beans(address, CENTRAL)) {
                    // The bean of the metrics, of a like name, has a number there.
                    if (bean.path("Nodes").isArray()) {
                        return central(address, bean, WebPages.aheadMs(bean, asked));
                    }
                }
                answers.add(address + ": " + withoutKairos(address));
            } catch (IOException e) {
                answers.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException(String.join("; ", answers)
                + "; expected the web address of an active ResourceManager whose scheduler is"
                + " io.kairos.yarn.rm.KairosScheduler");
    }

    private Central central(URI address, JsonNode bean, @Nullable Long aheadMs) throws IOException {
        return new Central(
                address,
                bean.path("name").asText(),
                bean.path("Version").asText(""),
                aheadMs,
                bean.path("Mode").asText(""),
                bean.path("Policy").asText(""),
                bean.path("Placements").asLong(),
                bean.path("BoundRejections").asLong(),
                bean.path("PlacementErrors").asLong(),
                WebPages.rows(bean.path("Nodes"), NodeRow.class));
    }

    /**
     * A ResourceManager, with Kairos or without.
     *
     * @param address where its web pages are
     * @param hadoop its version of Hadoop
     * @param java the version of the Java that runs it, such as 17; empty where it does not say
     * @param nodes Hadoop's version on each node that is up, by the node's id
     */
    public record Daemon(URI address, String hadoop, String java, Map<String, String> nodes) {}

    /**
     * The active ResourceManager, with Kairos or without.
     *
     * @throws IOException none is: what each said, in one line
     */
    public Daemon active() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (URI address : resourceManagers) {
            try {
                JsonNode info =
                        pages.json(address.resolve("/ws/v1/cluster/info")).path("clusterInfo");
                if (info.path("haState").asText("").equals("ACTIVE")) {
                    return new Daemon(
                            address, info.path("hadoopVersion").asText(""), javaOf(address), versionsOfNodes(address));
                }
                answers.add(address + ": " + (info.isObject() ? "on standby" : "no ResourceManager"));
            } catch (IOException e) {
                answers.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IOException(String.join("; ", answers));
    }

    private String javaOf(URI address) throws IOException, InterruptedException {
        for (JsonNode bean : pages.beans(address, "java.lang:type=Runtime")) {
            return bean.path("SpecVersion").asText("");
        }
        return "";
    }

    private Map<String, String> versionsOfNodes(URI address) throws IOException, InterruptedException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (JsonNode node : pages.json(address.resolve("/ws/v1/cluster/nodes?states=RUNNING"))
                .path("nodes")
                .path("node")) {
            versions.put(node.path("id").asText(), node.path("version").asText(""));
        }
        return versions;
    }

    private String withoutKairos(URI address) throws IOException, InterruptedException {
        String state = pages.json(address.resolve("/ws/v1/cluster/info"))
                .path("clusterInfo")
                .path("haState")
                .asText("");
        return state.equals("STANDBY") ? "on standby" : "a ResourceManager without Kairos";
    }

    /** Asks every node at once; one that does not answer is told as such. In the order of the nodes. */
    public List<NodeAnswer> nodes(Central central) throws IOException, InterruptedException {
        String scheme = central.address().getScheme();
        List<Callable<NodeAnswer>> questions = new ArrayList<>();
        for (NodeRow node : central.nodes()) {
            questions.add(() -> nodePages.ask(scheme, node));
        }
        List<NodeAnswer> answers = new ArrayList<>();
        for (Future<NodeAnswer> answer : askers.invokeAll(questions)) {
            try {
                answers.add(answer.get());
            } catch (ExecutionException e) {
                throw new IOException("a node could not be asked: " + e.getCause(), e);
            }
        }
        return answers;
    }

    /** What a node decided of a task, in order; empty if it knows nothing of it. */
    public List<DecisionRow> decisions(Central central, NodeAnswer node, String container)
            throws IOException, InterruptedException {
        return nodePages.decisions(central.address().getScheme(), node, container);
    }

    /** The placements of a container or an application that are still known, in order. */
    public List<PlacementRow> placements(Central central, String id) throws IOException, InterruptedException {
        return WebPages.rows(pages.attribute(central.address(), central.bean(), "Placement/" + id), PlacementRow.class);
    }

    /** Work left of one application, or of all by {@code all}; none where the policy does not go by it. */
    public List<WorkLeftRow> workLeft(Central central, String id) throws IOException, InterruptedException {
        return WebPages.rows(pages.attribute(central.address(), central.bean(), "WorkLeft/" + id), WorkLeftRow.class);
    }

    /** The applications that are at work, by id. */
    public Map<String, ApplicationLine> applications(Central central) throws IOException, InterruptedException {
        JsonNode found = pages.json(central.address().resolve("/ws/v1/cluster/apps?states=ACCEPTED,RUNNING"));
        Map<String, ApplicationLine> applications = new LinkedHashMap<>();
        for (ApplicationLine application : WebPages.rows(found.path("apps").path("app"), ApplicationLine.class)) {
            applications.put(application.id(), application);
        }
        return applications;
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
