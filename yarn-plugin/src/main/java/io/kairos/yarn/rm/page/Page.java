/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.ApplicationLine;
import io.kairos.yarn.why.Explanation;
import io.kairos.yarn.why.NodeAnswer;
import io.kairos.yarn.why.NodePages;
import io.kairos.yarn.why.UnknownIdException;
import io.kairos.yarn.why.Warnings;
import io.kairos.yarn.why.WebPages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.servlet.http.HttpServletResponse;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.http.HttpServer2;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.WebServerOf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the page shows while this ResourceManager is active. However many look at it, each answer is made once a second at most.
 * Thread-safe.
 */
public final class Page implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);
    private static final Duration SAME_ANSWER = Duration.ofSeconds(1);
    private static final int MOST_ANSWERS = 200;
    private static final long SAMPLE_MS = 2_000;
    private static final long SPAN_MS = 600_000;
    private static final long NODE_PATIENCE_SECONDS = 4;

    private final CentralView central;
    private final HttpServer2 server;
    private final NodeDesk desk;
    private final TrustedHosts trusted;
    private final Timeline timeline = new Timeline((int) (SPAN_MS / SAMPLE_MS), SPAN_MS, System::currentTimeMillis);
    private final LoadingCache<Question, Answer> answers = CacheBuilder.newBuilder()
            .expireAfterWrite(SAME_ANSWER)
            .maximumSize(MOST_ANSWERS)
            .build(CacheLoader.from(this::answer));
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "Kairos timeline");
        thread.setDaemon(true);
        return thread;
    });

    private Page(CentralView central, HttpServer2 server, Configuration configuration) {
        this.central = central;
        this.server = server;
        this.trusted = TrustedHosts.of(configuration);
        this.desk = new NodeDesk(
                new NodePages(WebPages.withoutTicket(trusted.ssl())),
                YarnConfiguration.useHttps(configuration) ? "https" : "http");
    }

    /** What is asked: a kind, an id, and by whom if that makes a difference. */
    private record Question(Kind kind, String id, String viewer) {}

    enum Kind {
        CLUSTER,
        NODE,
        WHY
    }

    /**
     * Has the ResourceManager's web server show the page. A page that cannot be shown is logged, for the ResourceManager is worth more.
     *
     * @param context null for a scheduler that runs by itself: there is no web server then
     * @return null if it is not shown
     */
    public static @Nullable Page open(CentralView central, @Nullable RMContext context) {
        if (context == null) {
            return null;
        }
        Optional<HttpServer2> server = WebServerOf.of(context.getResourceManager());
        if (server.isEmpty()) {
            return null;
        }
        try {
            Page page = new Page(central, server.get(), context.getYarnConfiguration());
            PageServlet.show(page, server.get());
            page.sampler.scheduleAtFixedRate(page::sample, 0, SAMPLE_MS, TimeUnit.MILLISECONDS);
            return page;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The page {} is not shown", PageServlet.PATH, e);
            return null;
        }
    }

    boolean isOn() {
        return central.hasPage();
    }

    /** @param user as the web server's filters say; empty for nobody in particular */
    Answer answer(Kind kind, String id, String user) {
        try {
            return answers.get(new Question(kind, id, central.hidesApplications() ? user : ""));
        } catch (ExecutionException | UncheckedExecutionException e) {
            LOG.warn("The page could not show {} {}", kind, id, e.getCause());
            return Answer.refusal(
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    "this could not be shown; the ResourceManager's log says why");
        }
    }

    private Answer answer(Question question) {
        Predicate<String> isVisible = central.visibleTo(question.viewer());
        try {
            return switch (question.kind()) {
                case CLUSTER ->
                    Answer.json(Overview.of(central, timeline.columns(), System.currentTimeMillis(), isVisible));
                case NODE -> node(question.id(), isVisible);
                case WHY -> why(question.id(), isVisible);
            };
        } catch (UnknownIdException e) {
            return Answer.refusal(HttpServletResponse.SC_NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.refusal(HttpServletResponse.SC_BAD_GATEWAY, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.refusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the ResourceManager stops");
        }
    }

    private Answer node(String id, Predicate<String> isVisible) throws InterruptedException {
        Optional<NodeRow> found = central.nodes().stream()
                .filter(node -> node.nodeId().equals(id))
                .findFirst();
        if (found.isEmpty()) {
            return Answer.refusal(
                    HttpServletResponse.SC_NOT_FOUND,
                    "no node of that name is registered: expected HOST:PORT of one that is");
        }
        NodeRow node = found.get();
        NodeAnswer answer = desk.ask(List.of(node), new NodeDesk.Patience(NODE_PATIENCE_SECONDS))
                .get(0);
        Map<String, ApplicationLine> applications = new TreeMap<>();
        for (TaskRow task : answer.tasks()) {
            if (isVisible.test(task.application())) {
                central.application(task.application()).ifPresent(known -> applications.put(known.id(), known));
            }
        }
        return Answer.json(new Details.OfNode(
                System.currentTimeMillis(),
                node,
                answer.trouble(),
                Warnings.of(node, central.mode(), "", answer.settingsRefused(), answer.pausingOff()),
                answer.tasks(),
                applications,
                answer.newestDecisions()));
    }

    private Answer why(String id, Predicate<String> isVisible) throws IOException, InterruptedException {
        Explanation all = Explanation.of(new PageFacts(central, desk, id.startsWith("container_")), id);
        Explanation told =
                all.application() != null && !isVisible.test(all.application().id())
                        ? new Explanation(id, null, all.workLeft(), all.containers())
                        : all;
        return Answer.json(new Details.OfId(
                System.currentTimeMillis(),
                id,
                told.ofContainer() ? told.containers().get(0).node() : "",
                all.application() == null ? "" : all.application().id(),
                told.sentences()));
    }

    private void sample() {
        try {
            if (isOn()) {
                List<NodeRow> nodes = central.nodes();
                timeline.add(
                        nodes.stream().mapToLong(NodeRow::running).sum(),
                        nodes.stream().mapToLong(NodeRow::paused).sum(),
                        nodes.stream().mapToLong(NodeRow::held).sum(),
                        central.asks());
            }
        } catch (RuntimeException | Error e) { // which would else be the last one
            LOG.warn("A moment of the page's timeline is left out", e);
        }
    }

    @Override
    public void close() {
        PageServlet.hide(this, server);
        sampler.shutdownNow();
        desk.close();
        trusted.close();
    }
}
