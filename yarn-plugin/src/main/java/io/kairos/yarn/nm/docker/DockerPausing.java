/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.PauseGuard;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every executor with Docker containers has for pausing them: the engine, the pauser that is configured, and threads of its
 * own, for an engine takes its time. Thread-safe.
 */
final class DockerPausing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerPausing.class);

    private final DockerEngine engine;
    private final Pauser pauser;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kairos-docker-pause");
        thread.setDaemon(true);
        return thread;
    });

    private DockerPausing(DockerEngine engine, Pauser pauser) {
        this.engine = engine;
        this.pauser = pauser;
    }

    /**
     * Connects to the engine.
     *
     * @throws IOException one line: the engine does not answer
     * @throws IllegalArgumentException one line with key, value and what is allowed
     */
    static DockerPausing open(Configuration configuration, PauseGuard guard) throws IOException {
        String host = DockerKeys.HOST.read(configuration);
        DockerEngine engine = new DockerEngine(
                host, DockerKeys.CALL_LIMIT.read(configuration), DockerKeys.START_LIMIT.read(configuration));
        EngineInfo info = engine.info();
        LOG.info(
                "Docker {} at {}, cgroup v{}, driver {}",
                info.version(),
                host,
                info.cgroupVersion(),
                info.cgroupDriver());
        if (!info.liveRestore()) {
            LOG.warn(
                    "Docker at {} runs without live-restore: paused containers die when the engine is restarted; expected"
                            + " \"live-restore\": true in daemon.json",
                    host);
        }
        Pauser chosen = choose(configuration, engine);
        LOG.info("Kairos pauses Docker containers: {}", chosen.name());
        return new DockerPausing(engine, guard.over(chosen));
    }

    /** {@code auto} freezes the engine's groups where that is allowed for sure, else asks the engine. */
    private static Pauser choose(Configuration configuration, DockerEngine engine) throws IOException {
        ContainerGroupPauser groups = new ContainerGroupPauser();
        return switch (NodeManagerKeys.PAUSER.read(configuration)) {
            case "docker" -> new DockerPauser(engine, groups);
            case "cgroup" -> groups;
            default -> isRoot() ? groups : new DockerPauser(engine, groups);
        };
    }

    private static boolean isRoot() throws IOException {
        return UserIds.of(System.getProperty("user.name")).user().equals("0");
    }

    DockerEngine engine() {
        return engine;
    }

    /** Watched, and left alone while it does not work. */
    Pauser pauser() {
        return pauser;
    }

    /** Where the pauser is to be called. */
    Executor threads() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pauser.close();
        engine.close();
    }
}
