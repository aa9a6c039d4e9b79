/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import io.kairos.node.docker.ContainerRemoval;
import io.kairos.node.docker.ContainerSpec;
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

    /** The engine of this host. */
    public static DockerEngine connect() {
        return new DockerEngine(DockerKeys.HOST.read(new Configuration(false)), LIMIT, LIMIT);
    }

    /** A container that runs bash with these arguments and nothing of YARN's. */
    public static ContainerSpec spec(String name, List<String> arguments) {
        return new ContainerSpec(
                name,
                IMAGE,
                "0:0",
                List.of(),
                List.of("bash"),
                arguments,
                List.of(),
                null,
                PROGRAMS.stream()
                        .filter(path -> Files.exists(Path.of(path)))
                        .map(path -> new ContainerSpec.Mount(path, path, true))
                        .toList(),
                "host",
                List.of(),
                64L << 20,
                1024,
                0,
                null,
                Map.of());
    }

    /** @param programs folders that containers read beside the host's own programs */
    public static void configure(Configuration configuration, List<String> programs) {
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosDockerContainerExecutor.class.getName());
        configuration.set(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "docker");
        configuration.set(YarnConfiguration.NM_DOCKER_IMAGE_NAME, IMAGE);
        configuration.set(DockerKeys.ALLOWED_IMAGES.name(), IMAGE);
        configuration.set(
                YarnConfiguration.NM_DOCKER_DEFAULT_RO_MOUNTS,
                Stream.concat(PROGRAMS.stream(), programs.stream())
                        .filter(path -> Files.exists(Path.of(path)))
                        .map(path -> path + ":" + path)
                        .collect(Collectors.joining(",")));
    }

    /** Removes what the nodes of a cluster in this folder have left in the engine. */
    public static void removeAll(Path folder) throws IOException {
        try (DockerEngine engine = connect()) {
            ContainerRemoval removal = new ContainerRemoval(engine);
            for (Map.Entry<String, String> container :
                    engine.labelled(KairosDockerContainerExecutor.OWNER).entrySet()) {
                if (container.getValue().startsWith(folder.toAbsolutePath() + "/")) {
                    removal.remove(container.getKey());
                }
            }
        }
    }

    /**
     * Sees to it that an engine answers and has the image; makes it if need be.
     *
     * @throws IOException one line: no engine answers, or the image cannot be made
     */
    public static void prepare() throws IOException, InterruptedException {
        // The launcher says where the project is.
        Path imageScript = Path.of(System.getProperty("kairos.home", ".")).resolve("conf/docker/local-image");
        try (DockerEngine engine = connect()) {
            engine.info();
            if (engine.hasImage(IMAGE)) {
                return;
            }
        } catch (IOException e) {
            throw new IOException(
                    "no Docker engine: " + e.getMessage()
                            + "; expected one that runs ('conf/docker/engine COMMAND' has one until COMMAND has ended)",
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
