/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.Browser;
import io.kairos.yarn.testing.BrowserTest;
import io.kairos.yarn.testing.HttpPage;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerSubState;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, on a small cluster whose tasks run, are paused and held. Pictures of it are left in the build's folder.
 */
@BrowserTest
class PageBrowserTest {
    private static final int NODES = 2;
    private static final int SLOTS = 2;
    private static final int QUEUE_BOUND = 3;
    private static final int MEMORY_MB = 64;
    private static final int WIDE = 1100;
    private static final int NARROW = 400;

    /** What a name must not be able to do. */
    private static final String NAME =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private final Path pictures = Path.of("target", "page");

    @Test
    void aClickLeadsFromTheClusterToANodeAndToAContainer(@TempDir Path folder) throws Exception {
        Configuration site = site(Files.createDirectory(folder.resolve("decisions")));
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        try (Browser browser = Browser.start()) {
            try (MiniCluster cluster = MiniCluster.start("page", site, NODES);
                    TestApplication application =
                            TestApplication.submit(cluster.clientConfiguration(), "default", NAME)) {
                List<Container> first = start(application, scripts, 0, NODES * SLOTS);
                List<Container> second = start(application, scripts, NODES * SLOTS, NODES * SLOTS);
                TestApplication.await(() -> isPaused(application, first));
                application.ask(20, MEMORY_MB);
                application.awaitAllocated(NODES * (SLOTS + QUEUE_BOUND));
                look(browser, HttpPage.web(cluster.resourceManager()), application, first.get(0), second.get(0));
                scripts.stopCounting();
            }
            browser.await("#trouble", "The ResourceManager cannot be reached");
            assertThat(browser.text("#cluster")).contains("Nodes");
            browser.screenshot(pictures.resolve("away.png"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void look(Browser browser, URI web, TestApplication application, Container paused, Container running)
            throws Exception {
        browser.window(WIDE, 900, false);
        browser.open(URI.create(web + "/kairos"));
        String node = paused.getNodeId().toString();
        browser.await("#nodes", node);
        browser.await("#figures", "asks that wait\n18\n");
        browser.await("#queue", NAME);
        browser.await("#tasks-legend", "paused " + NODES * SLOTS);
        assertThat(browser.evaluate("document.title").asText()).isEqualTo("Kairos");
        assertThat(browser.evaluate("document.images.length").asInt()).isZero();
        browser.screenshot(pictures.resolve("cluster.png"));

        browser.clickLink("#nodes", node);
        browser.await("#node-about", "mode enforce, 2 slots, at most 5 tasks");
        browser.await("#tasks", paused.getId().toString());
        browser.await("#tasks", "paused");
        browser.await("#node-decisions", "paused for the ");
        browser.screenshot(pictures.resolve("node.png"));

        browser.clickLink("#tasks", paused.getId().toString());
        browser.await("#why-name", paused.getId().toString());
        browser.await("#why-told", "Placed there at ");
        browser.await("#why-told", "'" + NAME + "' of ");
        browser.await("#why-decisions", "paused for the ");
        browser.screenshot(pictures.resolve("container.png"));

        browser.clickLink("#why .path", application.id().toString());
        browser.await("#why-told", "Of its containers " + NODES * SLOTS + " run, " + NODES * SLOTS + " are paused");
        browser.clickLink("#why-told", running.getId().toString());
        browser.await("#why-name", running.getId().toString());

        browser.open(URI.create(web + "/kairos#why/container_1_0001_01_000001"));
        browser.await("#trouble", "container_1_0001_01_000001: not on any node of this cluster");

        browser.window(NARROW, 900, true);
        browser.clickLink("header", "Kairos");
        browser.await("#nodes", node);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("what is too wide scrolls by itself")
                .isLessThanOrEqualTo(NARROW);
        browser.screenshot(pictures.resolve("narrow.png"));
        browser.window(WIDE, 900, true);
        browser.await("#tasks-legend", "running " + NODES * SLOTS);
        browser.screenshot(pictures.resolve("dark.png"));
    }

    private static List<Container> start(TestApplication application, TaskScripts scripts, int before, int tasks)
            throws Exception {
        application.ask(tasks, MEMORY_MB);
        List<Container> started =
                List.copyOf(application.awaitAllocated(before + tasks).subList(before, before + tasks));
        for (Container task : started) {
            application.start(task, scripts.counter(task.getId().toString()));
        }
        TestApplication.await(() -> started.stream().allMatch(task -> hasBegun(scripts, task)));
        return started;
    }

    private static boolean hasBegun(TaskScripts scripts, Container task) {
        return Files.exists(scripts.output(task.getId().toString()));
    }

    private static boolean isPaused(TestApplication application, List<Container> tasks) throws Exception {
        for (Container task : tasks) {
            if (application.status(task).getContainerSubState() != ContainerSubState.PAUSED) {
                return false;
            }
        }
        return true;
    }

    private static Configuration site(Path decisions) {
        Configuration site = PausingContract.nodeConfiguration("signal", "kairos-test-unused", decisions);
        site.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        site.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "localhost:" + MiniCluster.freePort());
        site.setInt(YarnConfiguration.NM_VCORES, SLOTS);
        site.setInt(NodeManagerKeys.SLOTS.name(), SLOTS);
        site.setInt(NodeManagerKeys.QUEUE_BOUND.name(), QUEUE_BOUND);
        // Who is paused stays so, for as long as the test looks.
        site.setInt(NodeManagerKeys.QUANTUM.name(), 3_600_000);
        site.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 100);
        return site;
    }
}
