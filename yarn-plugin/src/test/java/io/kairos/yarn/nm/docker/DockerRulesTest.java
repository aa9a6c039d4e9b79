/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.node.docker.ContainerSpec.Mount;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.nm.docker.DockerRequest.MountRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerRulesTest {
    private final Configuration configuration = new Configuration(false);

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void folders(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("read/below"));
        Files.createDirectories(folder.resolve("write"));
        Files.createDirectories(folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("read/leak"), folder.resolve("secret"));
        configuration.set(
                DockerKeys.ALLOWED_READ_ONLY_MOUNTS.name(),
                folder.resolve("read").toString());
        configuration.set(
                DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name(),
                folder.resolve("write").toString());
    }

    @Test
    void mountsAreAllowedBelowWhatIsListed() {
        assertThat(mount("read/below", true))
                .isEqualTo(new Mount(folder.resolve("read/below").toString(), "/in", true));
        assertThat(mount("write", false).readOnly()).isFalse();
        assertThat(mount("write", true).readOnly()).isTrue();
    }

    @Test
    void noMountLeadsOut() {
        refused("read/below", false, DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name());
        refused("secret", true, DockerKeys.ALLOWED_READ_ONLY_MOUNTS.name());
        refused("read/leak", true, "is not allowed");
        refused("read/../secret", true, "is not allowed");
        refused("nowhere", true, "no such file or folder");
    }

    @Test
    void withoutAListNothingIsMounted() {
        configuration.unset(DockerKeys.ALLOWED_READ_ONLY_MOUNTS.name());
        configuration.unset(DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name());
        refused("read", true, "is not allowed");
    }

    @Test
    void imagesAreAllowedByPattern() {
        configuration.set(DockerKeys.ALLOWED_IMAGES.name(), "team/*, base:1");
        assertThat(image("team/spark:3")).isEqualTo("team/spark:3");
        assertThat(image("base:1")).isEqualTo("base:1");
        assertThatThrownBy(() -> image("base:2"))
                .hasMessage("Docker image 'base:2' is not allowed: expected one of [team/*, base:1], as"
                        + " yarn.nodemanager.kairos.docker.allowed-images says");
        assertThatThrownBy(() -> image("steam/spark")).hasMessageContaining("is not allowed");
    }

    @Test
    void theNodesOwnImageServesWhereNoneIsNamed() {
        assertThatThrownBy(() -> rules().image(DockerRequest.read(Map.of())))
                .hasMessageContaining("no Docker image: expected YARN_CONTAINER_RUNTIME_DOCKER_IMAGE");
        configuration.set(YarnConfiguration.NM_DOCKER_IMAGE_NAME, "standard");
        assertThat(rules().image(DockerRequest.read(Map.of()))).isEqualTo("standard");
    }

    @Test
    void networksAreYarnsOwnList() {
        assertThat(rules().network(DockerRequest.read(Map.of()))).isEqualTo("host");
        configuration.set(YarnConfiguration.NM_DOCKER_ALLOWED_CONTAINER_NETWORKS, "host,none");
        assertThat(network("none")).isEqualTo("none");
        assertThatThrownBy(() -> network("bridge"))
                .hasMessageContaining("Docker network 'bridge' is not allowed: expected one of [host, none]");
        configuration.set(YarnConfiguration.NM_DOCKER_DEFAULT_CONTAINER_NETWORK, "bridge");
        assertThatThrownBy(this::rules).hasMessageContaining("default-container-network is 'bridge'");
    }

    @Test
    void capabilitiesAreYarnsOwnList() {
        configuration.set(YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES, "none");
        assertThat(rules().capabilities()).isEmpty();
        configuration.set(YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES, "chown, SETUID");
        assertThat(rules().capabilities()).containsExactly("CHOWN", "SETUID");
        configuration.set(YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES, "fly");
        assertThatThrownBy(this::rules)
                .hasMessageContaining(YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES + " has 'FLY'");
    }

    private DockerRules rules() {
        return new DockerRules(configuration);
    }

    private String image(String name) {
        return rules().image(DockerRequest.read(Map.of("YARN_CONTAINER_RUNTIME_DOCKER_IMAGE", name)));
    }

    private String network(String name) {
        return rules().network(DockerRequest.read(Map.of("YARN_CONTAINER_RUNTIME_DOCKER_CONTAINER_NETWORK", name)));
    }

    private Mount mount(String source, boolean readOnly) {
        return rules().mount(new MountRequest(folder + "/" + source, "/in", readOnly));
    }

    private void refused(String source, boolean readOnly, String words) {
        assertThatThrownBy(() -> mount(source, readOnly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Docker mount '" + folder + "/" + source)
                .hasMessageContaining(words);
    }
}
