/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import io.kairos.node.docker.DockerEngine;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Tasks of a local cluster in Docker containers, under every scheduler alike, with the host's programs mounted. */
public final class DockerTasks {
    private static final String IMAGE = "kairos-local";
    private static final List<String> PROGRAMS = List.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private DockerTasks() {}

    static void configure(Configuration configuration) {
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosDockerContainerExecutor.class.getName());
        configuration.set(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "docker");
        configuration.set(YarnConfiguration.NM_DOCKER_IMAGE_NAME, IMAGE);
        configuration.set(DockerKeys.ALLOWED_IMAGES.name(), IMAGE);
        // The folder for temporary files holds the tasks' script.
        configuration.set(
                YarnConfiguration.NM_DOCKER_DEFAULT_RO_MOUNTS,
                Stream.concat(PROGRAMS.stream(), Stream.of(System.getProperty("java.io.tmpdir")))
                        .filter(path -> Files.exists(Path.of(path)))
                        .map(path -> path + ":" + path)
                        .collect(Collectors.joining(",")));
    }

    /** Removes what the nodes of a cluster in this folder have left in the engine. */
    static void removeAll(Path folder) throws IOException {
        try (DockerEngine engine = new DockerEngine(DockerKeys.HOST.read(new Configuration(false)), LIMIT, LIMIT)) {
            for (Map.Entry<String, String> container :
                    engine.labelled(KairosDockerContainerExecutor.OWNER).entrySet()) {
                if (container.getValue().startsWith(folder.toAbsolutePath() + "/")) {
                    engine.remove(container.getKey());
                }
            }
        }
    }

    /**
     * Sees to it that an engine answers and has the image.
     *
     * @param imageScript makes the image
     * @throws IOException one line: no engine answers, or the image cannot be made
     */
    public static void prepare(Path imageScript) throws IOException, InterruptedException {
        String host = DockerKeys.HOST.read(new Configuration(false));
        try (DockerEngine engine = new DockerEngine(host, LIMIT, LIMIT)) {
            engine.info();
            if (engine.hasImage(IMAGE)) {
                return;
            }
        } catch (IOException e) {
            throw new IOException(
                    "no Docker engine: " + e.getMessage() + "; 'conf/docker/engine COMMAND' starts one for a command",
                    e);
        }
        Process making = new ProcessBuilder(imageScript.toString(), IMAGE)
                .redirectErrorStream(true)
                .start();
        String said = new String(making.getInputStream().readAllBytes()).strip();
        if (making.waitFor() != 0) {
            throw new IOException("the image " + IMAGE + " could not be made by " + imageScript + ": " + said);
        }
    }
}
