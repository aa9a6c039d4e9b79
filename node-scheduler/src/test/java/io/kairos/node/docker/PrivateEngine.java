/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine of a test's own, which may be stopped and killed; its containers outlive it. Needs root. */
public final class PrivateEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> prefix;
    private final List<String> options;
    private Process process;

    /** Starts it, with the image {@link Lab#IMAGE}. */
    public PrivateEngine(Path folder) throws IOException, InterruptedException {
        this(folder, List.of(), List.of());
    }

    /**
     * Starts it, with the image {@link Lab#IMAGE}.
     *
     * @param prefix a command that becomes the one after it, such as one that enters a namespace
     * @param options further options of dockerd
     */
    public PrivateEngine(Path folder, List<String> prefix, List<String> options)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.prefix = List.copyOf(prefix);
        this.options = List.copyOf(options);
        this.process = launch();
        ProcessBuilder script = new ProcessBuilder(Lab.imageScript().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("image.log").toFile());
        script.environment().put("DOCKER_HOST", host());
        Process image = script.start();
        if (image.waitFor() != 0) {
            close();
            throw new IOException(Files.readString(folder.resolve("image.log")));
        }
    }

    public String host() {
        return "unix://" + folder.resolve("d.sock");
    }

    public DockerEngine connect(Duration limit) {
        return new DockerEngine(host(), limit, Duration.ofSeconds(30));
    }

    /** Sends it a signal. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** After it was killed. */
    public void startAnew() throws IOException, InterruptedException {
        process.waitFor();
        // A killed engine leaves pids behind: the next one would think it runs, or wait for a containerd that died with
        // it.
        Files.deleteIfExists(folder.resolve("d.pid"));
        Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
        process = launch();
    }

    private Process launch() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                "dockerd",
                "-H",
                host(),
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("d.pid").toString(),
                "--bridge=none",
                "--iptables=false",
                "--live-restore"));
        command.addAll(options);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try (DockerEngine engine = connect(Duration.ofSeconds(2))) {
            while (true) {
                try {
                    engine.info();
                    return started;
                } catch (EngineException e) {
                    if (!started.isAlive() || System.nanoTime() > end) {
                        started.destroyForcibly();
                        throw new IOException(
                                "the engine did not start: " + Files.readString(folder.resolve("log")), e);
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        signal("CONT");
        signal("TERM");
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        killAll();
        unmountAll();
    }

    /** Containers outlive their engine; what a test has left goes with it. */
    private void killAll() {
        ProcessHandle.allProcesses()
                .filter(shim -> shim.info().commandLine().orElse("").contains(folder + "/"))
                .forEach(shim -> {
                    shim.descendants().forEach(ProcessHandle::destroyForcibly);
                    shim.destroyForcibly();
                });
    }

    /** What it mounted in its folder it leaves mounted, for containers that outlive it. */
    private void unmountAll() throws IOException, InterruptedException {
        List<String> mounts = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", -1)[1])
                .filter(point -> point.startsWith(folder + "/"))
                .toList());
        Collections.reverse(mounts);
        for (String point : mounts) {
            new ProcessBuilder("umount", "-l", point).start().waitFor();
        }
    }
}
