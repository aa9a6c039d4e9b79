/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.nm.docker.DockerRequest.MountRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerRequestTest {
    private static final String PREFIX = "YARN_CONTAINER_RUNTIME_DOCKER_";

    @Test
    void dockerIsAskedForByTypeOrIsTheStandard() {
        assertThat(DockerRequest.isDocker(Map.of("YARN_CONTAINER_RUNTIME_TYPE", "docker"), "default"))
                .isTrue();
        assertThat(DockerRequest.isDocker(Map.of(), "default")).isFalse();
        assertThat(DockerRequest.isDocker(Map.of(), "docker")).isTrue();
        assertThat(DockerRequest.isDocker(Map.of("YARN_CONTAINER_RUNTIME_TYPE", "default"), "docker"))
                .isFalse();
    }

    @Test
    void whatIsNotSaidIsLeftToTheNode() {
        DockerRequest request = DockerRequest.read(Map.of());
        assertThat(request.image()).isNull();
        assertThat(request.network()).isNull();
        assertThat(request.mounts()).isEmpty();
        assertThat(request.ownEntrypoint()).isFalse();
    }

    @Test
    void allThatIsSaidIsRead() {
        DockerRequest request = DockerRequest.read(Map.of(
                PREFIX + "IMAGE", "registry.example.org:5000/team/spark:3.5",
                PREFIX + "MOUNTS", "/data:/data:ro,/scratch:/s:rw,/plain:/p,job.jar:/job.jar:ro",
                PREFIX + "CONTAINER_NETWORK", "host",
                PREFIX + "RUN_OVERRIDE_DISABLE", "true"));
        assertThat(request.image()).isEqualTo("registry.example.org:5000/team/spark:3.5");
        assertThat(request.mounts())
                .containsExactly(
                        new MountRequest("/data", "/data", true),
                        new MountRequest("/scratch", "/s", false),
                        new MountRequest("/plain", "/p", false),
                        new MountRequest("job.jar", "/job.jar", true));
        assertThat(request.network()).isEqualTo("host");
        assertThat(request.ownEntrypoint()).isTrue();
    }

    @Test
    void whatCannotBeReadIsRefusedByName() {
        refused("IMAGE", "Bad Image", "expected an image such as registry/name:tag");
        refused("MOUNTS", "/a:/b:shared", "expected source:/target, source:/target:ro or source:/target:rw");
        refused("MOUNTS", "/a:relative", "expected source:/target");
        refused("MOUNTS", "/a:/b:ro,", "is ''");
        refused("CONTAINER_NETWORK", "--privileged", "expected a network's name");
        refused("RUN_PRIVILEGED_CONTAINER", "true", "expected no value, for this executor does not do it");
        refused("CONTAINER_PID_NAMESPACE", "host", "expected no value");
    }

    private static void refused(String name, String value, String words) {
        assertThatThrownBy(() -> DockerRequest.read(Map.of(PREFIX + name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + name)
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }
}
