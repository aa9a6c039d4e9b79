/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** A daemon of Hadoop's in a process of its own, on the class path of this one, which can be killed and started anew. */
public final class ChildDaemon implements AutoCloseable {
    /** A daemon lives for seconds here: what the second compiler does for it, and a parallel collector, costs more than it gains. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Class<?> main;
    private final List<String> javaOptions;
    private final Path folder;
    private Process process;

    /** @param folder where its configuration and its log are kept */
    public ChildDaemon(Class<?> main, Path folder, Configuration configuration) throws IOException {
        this(main, List.of(), folder, configuration);
    }

    /** @param javaOptions beside the size of its heap */
    public ChildDaemon(Class<?> main, List<String> javaOptions, Path folder, Configuration configuration)
            throws IOException {
        this.main = main;
        this.javaOptions = javaOptions;
        this.folder = Files.createDirectories(folder);
        configure(configuration);
        this.process = launch();
    }

    /** Its configuration from its next start on. */
    public void configure(Configuration configuration) throws IOException {
        for (String name : List.of("core-site.xml", "yarn-site.xml")) {
            try (OutputStream site = Files.newOutputStream(folder.resolve(name))) {
                configuration.writeXml(site);
            }
        }
    }

    /** All it has logged so far, over its restarts. */
    public List<String> log() throws IOException {
        return Files.readAllLines(logFile());
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as its service script does. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    public void startAnew() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Path logFile() {
        return folder.resolve("log");
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(SHORT_LIVED);
        command.addAll(javaOptions);
        command.add(main.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", folder + File.pathSeparator + System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }
}
