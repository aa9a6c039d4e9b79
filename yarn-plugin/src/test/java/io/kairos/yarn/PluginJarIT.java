/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The jar that goes on the class path of Hadoop's daemons: nothing in it may meet what Hadoop brings itself. */
class PluginJarIT {
    private static final String LOCALIZER = "org/apache/hadoop/yarn/server/nodemanager/containermanager/localizer/";
    private static final String RESOURCE_MANAGER = "org/apache/hadoop/yarn/server/resourcemanager/";
    private static final String BRIDGE = RESOURCE_MANAGER + "scheduler/capacity/";

    private final Path jar = Path.of(Objects.requireNonNull(System.getProperty("kairos.plugin-jar")));

    @Test
    void holdsNothingOutsideItsOwnPackages() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> strangers = file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.startsWith("io/kairos/"))
                    .toList();
            assertThat(strangers)
                    .containsExactlyInAnyOrder(
                            BRIDGE + "NodeFirstCapacityScheduler.class",
                            BRIDGE + "HeartbeatScheduling.class",
                            RESOURCE_MANAGER + "WebServerOf.class",
                            LOCALIZER + "GuardedLocalizer.class");
            assertThat(file.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith("META-INF/services/"))
                            .filter(name -> !name.equals("META-INF/services/")))
                    .allMatch(name -> name.startsWith("META-INF/services/io.kairos."));
        }
    }

    /** With nothing else on the class path but slf4j, it talks to an engine, or says in one line that none answers. */
    @Test
    void itsDockerClientNeedsNothingFromHadoop() throws Exception {
        URL[] classPath = {jar.toUri().toURL(), locationOf(Logger.class)};
        try (URLClassLoader alone = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass("io.kairos.node.docker.DockerEngine");
            try (AutoCloseable engine =
                    (AutoCloseable) type.getConstructor(String.class, Duration.class, Duration.class)
                            .newInstance("unix:///var/run/docker.sock", Duration.ofSeconds(5), Duration.ofSeconds(5))) {
                Object info = type.getMethod("info").invoke(engine);
                assertThat(info.toString()).contains("version=");
            } catch (InvocationTargetException e) {
                assertThat(String.valueOf(e.getCause()))
                        .startsWith("io.kairos.node.docker.EngineException")
                        .doesNotContain("NoClassDefFound", "NoSuchMethod", "\n");
            }
        }
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
