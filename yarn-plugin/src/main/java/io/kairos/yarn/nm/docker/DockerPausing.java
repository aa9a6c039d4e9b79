/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.nm.PauseGuard;
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

    /**
     * Owns the engine and the pauser from now on.
     *
     * @param choice how the containers are paused, and why so
     */
    DockerPausing(DockerEngine engine, Pausers.Choice choice, PauseGuard guard) {
        LOG.info("Kairos pauses Docker containers: {}", choice.reason());
        this.engine = engine;
        this.pauser = guard.over(choice.pauser());
    }

    /**
     * Connects to the engine.
     *
     * @throws SettingException one line: no engine answers there, or a value is not allowed
     */
    static DockerEngine connect(Configuration configuration) {
        String host = DockerKeys.HOST.read(configuration);
        DockerEngine engine = new DockerEngine(
                host, DockerKeys.CALL_LIMIT.read(configuration), DockerKeys.START_LIMIT.read(configuration));
        EngineInfo info;
        try {
            info = engine.info();
        } catch (EngineException e) {
            engine.close();
            throw new SettingException(
                    DockerKeys.HOST + " is '" + host + "': expected a Docker engine there, but " + e.getMessage());
        }
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
        return engine;
    }

    DockerEngine engine() {
        return engine;
    }

    /** An earlier NodeManager may have throttled a container; one that only freezes takes it for running. */
    void liftSlowDown(String container) {
        try {
            engine.liftSlowDown(container);
        } catch (EngineException e) {
            LOG.warn("{} may be throttled still: {}", container, e.getMessage());
        }
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
