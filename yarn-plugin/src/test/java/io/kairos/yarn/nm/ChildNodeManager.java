/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;

/** A NodeManager in a process of its own, which can be killed and started anew. */
final class ChildNodeManager implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private Process process;

    /** @param folder where its configuration and its log are kept */
    ChildNodeManager(Path folder, Configuration configuration) throws IOException {
        this.folder = folder;
        configure(configuration);
        this.process = launch();
    }

    /** Its configuration from its next start on. */
    void configure(Configuration configuration) throws IOException {
        try (OutputStream site = Files.newOutputStream(folder.resolve("yarn-site.xml"))) {
            configuration.writeXml(site);
        }
    }

    /** Ends it as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as its service script does. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    void startAnew() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Process launch() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-Xmx256m", NodeManager.class.getName());
        builder.environment().put("CLASSPATH", folder + File.pathSeparator + System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("node-manager.log").toFile()))
                .start();
    }
}
