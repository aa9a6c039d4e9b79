/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerRemoval;
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
import java.util.concurrent.locks.LockSupport;
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
    /** That an engine may be in trouble rather than right. */
    private static final int REFUSALS = 2;

    private final DockerEngine engine;
    private final ContainerRemoval removal;
    private final ContainerExit exit;
    private final Supplier<ContainerSpec> planned;
    private final TaskFiles files;
    private final BooleanSupplier active;
    private final BooleanSupplier outlived;
    private final Pause refusalPause;
    private final Started started;
    private int exitCode = NOT_STARTED;

    /**
     * @param planned what to run; throws IllegalArgumentException, one line, if that is refused
     * @param active false once YARN wants the container ended
     * @param outlived whether containers are to outlive this NodeManager
     * @param refusalPause between a refusal and the next try
     * @param started hears of the container's first process
     */
    DockerLaunch(
            DockerEngine engine,
            Supplier<ContainerSpec> planned,
            TaskFiles files,
            BooleanSupplier active,
            BooleanSupplier outlived,
            Pause refusalPause,
            Started started) {
        this.engine = engine;
        this.removal = new ContainerRemoval(engine);
        this.exit = new ContainerExit(engine);
        this.planned = planned;
        this.files = files;
        this.active = active;
        this.outlived = outlived;
        this.refusalPause = refusalPause;
        this.started = started;
    }

    /**
     * Where what YARN looks for is written.
     *
     * @param logs folder for the container's own output; null where YARN's script redirects it
     */
    record TaskFiles(Path pid, Path exitCode, @Nullable Path logs) {}

    /** A container runs. */
    @FunctionalInterface
    interface Started {
        void started(String name, long pid) throws IOException;
    }

    /** Takes its time. */
    @FunctionalInterface
    interface Pause {
        void rest() throws InterruptedException;
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
            Files.deleteIfExists(files.pid()); // YARN's own retries leave one
            begin(spec);
            noteStart(spec.name());
            exitCode = exit.await(spec.name());
        } catch (InterruptedException | InterruptedIOException e) {
            // The NodeManager stops.
            if (outlived.getAsBoolean()) {
                standStill();
            }
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped waiting for " + spec.name());
        }
        write(files.exitCode(), Integer.toString(exitCode));
        if (files.logs() != null) {
            OwnOutput.copy(engine, spec.name(), files.logs());
        }
        if (exitCode != 0) {
            throw new Shell.ExitCodeException(exitCode, lastLines(spec.name()));
        }
    }

    /** For whoever returns or throws from a launch, YARN notes that the container has ended, and the next NodeManager reads it. */
    private static void standStill() {
        while (true) {
            Thread.interrupted(); // or it would not wait
            LockSupport.park();
        }
    }

    /**
     * Creates and starts the container; waits for an engine that is away. A start without an answer that was one is not done
     * twice; of one that was not, the engine may have begun something that it forgot, and the container is made anew. A refusal or
     * two are taken for an engine that is ending, or that still does what it gave no answer to.
     */
    private void begin(ContainerSpec spec) throws IOException, InterruptedException {
        int refusals = 0;
        for (int left = TRIES; ; left--) {
            boolean asked = false;
            try {
                // One of that name may be left: of a relaunch, of a NodeManager that died, of the last try.
                removal.remove(spec.name());
                String id = engine.create(spec);
                asked = true;
                engine.start(id);
                return;
            } catch (EngineException trouble) {
                if (!trouble.isOutage()) {
                    refusals++;
                }
                if (left == 0 || refusals > REFUSALS || trouble.kind() == EngineException.Kind.ABSENT) {
                    discard(spec.name());
                    throw trouble;
                }
                if (trouble.isOutage()) {
                    LOG.warn(
                            "{} waits to be started until Docker answers again: {}", spec.name(), trouble.getMessage());
                } else {
                    LOG.warn("{} is to be started once more soon: {}", spec.name(), trouble.getMessage());
                    refusalPause.rest();
                }
                ContainerStatus status = exit.status(spec.name(), active);
                endIfUnwanted(spec.name());
                if (asked && status != null && status.begun()) {
                    return;
                }
            }
        }
    }

    private void noteStart(String name) throws IOException, InterruptedException {
        // It runs: an engine that is slow to say so must not cost it.
        ContainerStatus status = exit.status(name, active);
        if (status != null && status.running()) {
            started.started(name, status.pid());
            write(files.pid(), Long.toString(status.pid()));
        }
        // A kill may have come before there was a pid to kill.
        endIfUnwanted(name);
    }

    private void endIfUnwanted(String name) throws Shell.ExitCodeException {
        if (!active.getAsBoolean()) {
            exitCode = KILLED;
            discard(name);
            throw new Shell.ExitCodeException(exitCode, "killed while it was started");
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

    private void discard(String name) {
        try {
            removal.remove(name);
        } catch (IOException e) {
            LOG.warn("{} is left to the next sweep: {}", name, e.getMessage());
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
