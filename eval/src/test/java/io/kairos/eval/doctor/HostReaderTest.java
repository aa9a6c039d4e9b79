/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.HostReader;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine that the tests run on. */
class HostReaderTest {
    private static final String USER = System.getProperty("user.name");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private final Configuration configuration = new Configuration(false);

    private Host read(Class<?> executor, String user) throws IOException {
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, executor.getName());
        configuration.set(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, KairosContainersLauncher.class.getName());
        return HostReader.read(configuration, user);
    }

    @Test
    void thePauserIsTriedAndNothingIsLeft() throws IOException {
        configuration.set("yarn.nodemanager.kairos.cgroup-parent", "kairos-doctor-test/a");
        Host host = read(KairosContainerExecutor.class, USER);

        Host.Trial trial = host.processes().value().orElseThrow();
        assertThat(trial.works()).isTrue();
        assertThat(trial.pauser()).isIn("cgroup", "signal");
        assertThat(trial.words()).startsWith("pauser " + trial.pauser() + ", chosen by auto");
        assertThat(groups()).noneMatch(folder -> folder.toString().contains("kairos-doctor-test"));
        assertThat(host.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(host.memoryMb()).isGreaterThan(256);
        assertThat(host.socket().isKnown()).isFalse();
        assertThat(host.engine().whyNot()).isEqualTo("the executor that is set starts no Docker containers");
    }

    private static List<Path> groups() throws IOException {
        try (Stream<Path> folders = Files.walk(GROUPS, 2)) {
            return folders.toList();
        }
    }

    @Test
    void whatCannotWorkIsToldInItsOwnWords() throws IOException {
        configuration.set("yarn.nodemanager.kairos.pauser", "signal");
        configuration.set("yarn.nodemanager.kairos.pause-mode", "throttle");
        assertThat(read(KairosContainerExecutor.class, USER).processes().whyNot())
                .isEqualTo("the pauser signal cannot throttle");
    }

    @Test
    void pausersAreNotTriedForAnotherUser() throws IOException {
        String other = USER.equals("daemon") ? "bin" : "daemon";
        Host host = read(KairosContainerExecutor.class, other);

        assertThat(host.root()).isFalse();
        assertThat(host.processes().whyNot())
                .isEqualTo(
                        "that can only be tried as the NodeManager's user: sudo -u " + other + " ./kairos doctor ...");
        assertThatIOException()
                .isThrownBy(() -> read(KairosContainerExecutor.class, "nobody-of-that-name"))
                .withMessage("user 'nobody-of-that-name' is not known on this machine; expected the one that runs the"
                        + " NodeManager");
    }

    @Test
    void theSocketsRightsAreThoseOfTheUser(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("engine.sock");
        configuration.set("yarn.nodemanager.kairos.docker.host", "unix://" + socket);
        String other = USER.equals("daemon") ? "bin" : "daemon";
        assertThat(socket(USER).exists()).isFalse();

        Files.createFile(socket);
        rights(socket, "rw-------");
        assertThat(socket(USER).usable()).isTrue();
        assertThat(socket(other).usable()).isFalse();
        assertThat(socket(other).openToAll()).isFalse();
        rights(socket, "rw-rw-rw-");
        assertThat(socket(other).usable()).isTrue();
        assertThat(socket(other).openToAll()).isTrue();
    }

    private Host.Socket socket(String user) throws IOException {
        Host host = read(KairosDockerContainerExecutor.class, user);
        assertThat(host.engine().whyNot()).startsWith("no Docker engine answers: ");
        return host.socket().value().orElseThrow();
    }

    private static void rights(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
