/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.DockerKeys;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** On the users every Linux has: root and daemon. */
class TaskUserTest {
    private final Configuration configuration = new Configuration(false);

    @Test
    void containersRunAsTheNodeManagersUserUnlessASiteWantsOtherwise() throws IOException {
        TaskUser user = TaskUser.read(configuration, "daemon");

        assertThat(user.isSubmitter()).isFalse();
        assertThat(user.ids("somebody").user()).isEqualTo(UserIds.of("daemon").user());
    }

    @Test
    void theSubmitterTakesANodeManagerThatIsRoot() {
        configuration.set(DockerKeys.RUN_AS_USER.name(), "submitter");

        assertThatThrownBy(() -> TaskUser.read(configuration, "daemon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("yarn.nodemanager.kairos.docker.run-as-user is 'submitter': expected nodemanager, as the"
                        + " NodeManager runs as 'daemon' and only root can give a task's files to its user");
    }

    @Test
    void aSubmitterRunsWithItsOwnIds() throws IOException {
        configuration.setInt(DockerKeys.MINIMUM_USER_ID.name(), 1);

        assertThat(submitter().ids("daemon")).isEqualTo(UserIds.of("daemon"));
    }

    @Test
    void whoMustNotRunContainersIsToldSoInOneLine() {
        assertThatThrownBy(() -> submitter().ids("daemon"))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("user 'daemon' has the id \\d+: expected 1000 or more, as"
                        + " yarn.nodemanager.kairos.docker.minimum-user-id says");
        assertThatThrownBy(() -> submitter().ids("no-such-user"))
                .hasMessage("user 'no-such-user' is not known on this host");
        // The host's commands take numbers for users.
        assertThatThrownBy(() -> submitter().ids("1")).hasMessageContaining("user '1' is not known on this host");
        configuration.setInt(DockerKeys.MINIMUM_USER_ID.name(), 1);
        assertThatThrownBy(() -> submitter().ids("root"))
                .hasMessageContaining("user 'root' has the id 0: expected 1 or more");
    }

    private TaskUser submitter() throws IOException {
        configuration.set(DockerKeys.RUN_AS_USER.name(), "submitter");
        return TaskUser.read(configuration, "root");
    }
}
