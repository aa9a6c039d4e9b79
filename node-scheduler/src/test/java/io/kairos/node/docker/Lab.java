/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import io.kairos.node.docker.ContainerSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Containers of one test; closing removes them. */
public final class Lab implements AutoCloseable {
    /** The engine of this machine. */
    public static final String HOST = "unix:///var/run/docker.sock";

    public static final String IMAGE = "kairos-local";

    /** Counts into the file {@code counter} and starts no process for it. */
    public static final String COUNT =
            "exec 9<> <(:); i=0; while :; do echo $((i+=1)) >> counter; read -rt 0.002 -u 9; done";

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long STAMP = System.currentTimeMillis();

    public final DockerEngine engine;
    private final Path folder;
    private final List<String> names = new ArrayList<>();

    public Lab(Path folder) {
        this(new DockerEngine(HOST, Duration.ofSeconds(5), Duration.ofSeconds(30)), folder);
    }

    public Lab(DockerEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /** What an empty image needs of the host. */
    public static List<Mount> hostPrograms() {
        return Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc")
                .filter(path -> Files.exists(Path.of(path)))
                .map(path -> new Mount(path, path, true))
                .toList();
    }

    /** The script that makes the image, found from a module's folder. */
    public static Path imageScript() {
        return Path.of("..", "conf", "docker", "local-image").toAbsolutePath().normalize();
    }

    /** A name as YARN gives it. */
    public static String newName() {
        return "container_" + STAMP + "_" + NUMBERS.incrementAndGet() + "_01_000002";
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public ContainerSpec spec(String name, String script) {
        return spec(name, script, 1, 0);
    }

    /** @param nanoCpus hard limit, 0 for none */
    public ContainerSpec spec(String name, String script, int cores, long nanoCpus) {
        List<Mount> mounts = new ArrayList<>(hostPrograms());
        mounts.add(new Mount(folder.toString(), folder.toString(), false));
        return new ContainerSpec(
                name,
                IMAGE,
                "0:0",
                List.of(),
                List.of("bash"),
                List.of("-c", "cd " + folder + "; " + script),
                List.of(),
                null,
                mounts,
                "host",
                List.of(),
                64L << 20,
                1024 * cores,
                nanoCpus,
                null,
                Map.of("io.kairos.test", "lab"));
    }

    /** Creates and starts a container; returns its name. */
    public String start(String script) throws IOException {
        return start(newName(), script);
    }

    private String start(String name, String script) throws IOException {
        create(name, script);
        engine.start(name);
        return name;
    }

    /** Creates and starts that container. */
    public void start(ContainerSpec spec) throws IOException {
        names.add(spec.name());
        engine.create(spec);
        engine.start(spec.name());
    }

    /** Creates a container and leaves it at that. */
    public void create(String name, String script) throws IOException {
        names.add(name);
        engine.create(spec(name, script));
    }

    /** A container that counts into the file {@code counter}. */
    public String startCounter() throws IOException {
        return start(COUNT);
    }

    public ContainerStatus status(String name) throws IOException {
        return Objects.requireNonNull(engine.inspect(name), name);
    }

    /** Also true while the engine does not say. */
    public boolean isRunning(String name) {
        try {
            return status(name).running();
        } catch (IOException e) {
            return true;
        }
    }

    /** Waits until the engine knows that the container runs. */
    public void awaitAgreement(String name) {
        Awaitility.await("the engine agrees that it runs").until(() -> !isTakenForPaused(name));
    }

    /**
     * What the engine takes it for; also true while the engine does not say. It hears of its own pauses again by events that come
     * late, so for a while after a thaw this may be wrong.
     */
    public boolean isTakenForPaused(String name) {
        try {
            return status(name).paused();
        } catch (IOException e) {
            return true;
        }
    }

    public long pid(String name) throws IOException {
        return status(name).pid();
    }

    @Override
    public void close() throws IOException {
        for (String name : names) {
            engine.remove(name);
        }
        engine.close();
    }
}
