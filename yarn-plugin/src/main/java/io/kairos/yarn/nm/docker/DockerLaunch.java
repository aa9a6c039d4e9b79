/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerProcesses;
import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.util.Shell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one container from its creation to its end, in place of the shell that stock YARN starts. Its pid and its exit code go to
 * the files by which a restarted NodeManager finds them. One thread's.
 */
final class DockerLaunch implements Shell.CommandExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(DockerLaunch.class);
    private static final int NOT_STARTED = -1;
    private static final int KILLED = 143;
    private static final int DIAGNOSTIC_LINES = 20;
    /** More than one, for an engine that ends may answer in between. */
    private static final int TRIES = 5;

    private final DockerEngine engine;
    private final Supplier<ContainerSpec> planned;
    private final Path pidFile;
    private final Path exitCodeFile;
    private final @Nullable Path logFolder;
    private final BooleanSupplier active;
    private final Started started;
    private final ContainerProcesses processes = new ContainerProcesses();
    private int exitCode = NOT_STARTED;
    private @Nullable String id;

    /**
     * @param planned what to run; throws IllegalArgumentException, one line, if that is refused
     * @param logFolder where the container's own output goes; null where YARN's script redirects it
     * @param active false once YARN wants the container ended
     * @param started hears of the container's first process
     */
    DockerLaunch(
            DockerEngine engine,
            Supplier<ContainerSpec> planned,
            Path pidFile,
            Path exitCodeFile,
            @Nullable Path logFolder,
            BooleanSupplier active,
            Started started) {
        this.engine = engine;
        this.planned = planned;
        this.pidFile = pidFile;
        this.exitCodeFile = exitCodeFile;
        this.logFolder = logFolder;
        this.active = active;
        this.started = started;
    }

    /** A container runs. */
    @FunctionalInterface
    interface Started {
        void started(String name, long pid) throws IOException;
    }

    @Override
    public void execute() throws IOException {
        ContainerSpec spec;
        try {
            spec = planned.get();
        } catch (IllegalArgumentException refused) {
            throw new Shell.ExitCodeException(exitCode, refused.getMessage());
        }
        try {
            ContainerExit exit = new ContainerExit(engine);
            create(spec, exit);
            start(spec, exit);
            exitCode = exit.await(spec.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped waiting for " + spec.name());
        }
        write(exitCodeFile, Integer.toString(exitCode));
        if (logFolder != null) {
            OwnOutput.copy(engine, spec.name(), logFolder);
        }
        if (exitCode != 0) {
            throw new Shell.ExitCodeException(exitCode, lastLines(spec.name()));
        }
    }

    /** Waits for an engine that is away. */
    private void create(ContainerSpec spec, ContainerExit exit) throws IOException, InterruptedException {
        for (int left = TRIES; ; left--) {
            try {
                // One of that name may be left: of a relaunch, of a NodeManager that died, of a try without an answer.
                engine.remove(spec.name());
                id = engine.create(spec);
                return;
            } catch (EngineException trouble) {
                awaitAnswer(spec.name(), exit, trouble, left);
            }
        }
    }

    /**
     * An engine that was away, as while it is restarted, has answered again. Nothing is lost by then: tasks wait for it.
     *
     * @return the container, if there is one by now
     * @throws IOException the trouble is no outage, there were too many, or the container is not wanted any more
     */
    private @Nullable ContainerStatus awaitAnswer(String name, ContainerExit exit, EngineException trouble, int left)
            throws IOException, InterruptedException {
        if (!trouble.isOutage() || left <= 0) {
            discard(name);
            throw trouble;
        }
        LOG.warn("{} waits to be started until Docker answers again: {}", name, trouble.getMessage());
        ContainerStatus status = exit.status(name, active);
        endIfUnwanted(name);
        return status;
    }

    private void endIfUnwanted(String name) throws IOException, InterruptedException {
        if (!active.getAsBoolean()) {
            exitCode = KILLED;
            discard(name);
            throw new Shell.ExitCodeException(exitCode, "killed while it was started");
        }
    }

    private void start(ContainerSpec spec, ContainerExit exit) throws IOException, InterruptedException {
        String name = spec.name();
        begin(spec, exit);
        // It runs: an engine that is slow to say so must not cost it.
        ContainerStatus status = exit.status(name, active);
        if (status != null && status.running()) {
            started.started(name, status.pid());
            write(pidFile, Long.toString(status.pid()));
        }
        // A kill may have come before there was a pid to kill.
        endIfUnwanted(name);
    }

    /** A start that got no answer may have been one: it is not done twice. */
    private void begin(ContainerSpec spec, ContainerExit exit) throws IOException, InterruptedException {
        boolean unanswered = false;
        for (int left = TRIES; ; left--) {
            try {
                engine.start(spec.name());
                return;
            } catch (EngineException trouble) {
                if (unanswered && !trouble.isOutage()) {
                    // What an engine has begun and forgotten it cannot begin again.
                    LOG.warn(
                            "{} is made anew, for its engine ended amid its start: {}",
                            spec.name(),
                            trouble.getMessage());
                    endForgotten();
                    create(spec, exit);
                    unanswered = false;
                } else {
                    ContainerStatus status = awaitAnswer(spec.name(), exit, trouble, left);
                    if (status != null && status.begun()) {
                        return;
                    }
                    unanswered = true;
                }
            }
        }
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public String getOutput() {
        return "";
    }

    @Override
    public void close() {
        // The container is removed when YARN reaps it: until then its end can be looked up.
    }

    private void discard(String name) throws IOException, InterruptedException {
        try {
            engine.remove(name);
        } catch (EngineException e) {
            LOG.warn("{} is left to the next sweep: {}", name, e.getMessage());
        }
        endForgotten();
    }

    private void endForgotten() throws IOException, InterruptedException {
        if (id != null) {
            processes.end(id);
        }
    }

    private String lastLines(String name) {
        try {
            return engine.lastLines(name, DIAGNOSTIC_LINES);
        } catch (EngineException e) {
            return "what it wrote is not known: " + e.getMessage();
        }
    }

    /** Whole or not at all: a reader must never find half a number. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(fresh, text + "\n", StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
