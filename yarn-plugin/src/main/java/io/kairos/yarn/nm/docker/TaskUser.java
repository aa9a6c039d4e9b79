/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** As whom containers run: as the NodeManager's user, or as whoever submitted the application. Immutable. */
final class TaskUser {
    private static final String ROOT = "0";

    private final String nodeManager;
    private final boolean submitter;
    private final int minimumId;

    private TaskUser(String nodeManager, boolean submitter, int minimumId) {
        this.nodeManager = nodeManager;
        this.submitter = submitter;
        this.minimumId = minimumId;
    }

    /**
     * Reads the keys.
     *
     * @param nodeManager name of this process' user
     * @throws SettingException one line: a value that is none, or one that takes a NodeManager that is root
     * @throws IOException one line: the host does not know the NodeManager's user
     */
    static TaskUser read(Configuration configuration, String nodeManager) throws IOException {
        boolean submitter = DockerKeys.RUN_AS_USER.read(configuration).equals("submitter");
        if (submitter && !UserIds.of(nodeManager).user().equals(ROOT)) {
            throw new SettingException(DockerKeys.RUN_AS_USER.name()
                    + " is 'submitter': expected nodemanager, as the NodeManager runs as '" + nodeManager
                    + "' and only root can give a task's files to its user");
        }
        return new TaskUser(nodeManager, submitter, DockerKeys.MINIMUM_USER_ID.read(configuration));
    }

    /** Whether containers run as the submitter. */
    boolean isSubmitter() {
        return submitter;
    }

    /**
     * The ids a container runs with.
     *
     * @param name who submitted the application
     * @throws IOException one line: that user must not run containers here
     */
    UserIds ids(String name) throws IOException {
        if (!submitter) {
            return UserIds.of(nodeManager);
        }
        UserIds ids = UserIds.of(name);
        if (Long.parseLong(ids.user()) < minimumId) {
            throw new IOException("user '" + name + "' has the id " + ids.user() + ": expected " + minimumId
                    + " or more, as " + DockerKeys.MINIMUM_USER_ID.name() + " says");
        }
        if (ids.group().equals(ROOT) || ids.groups().contains(ROOT)) {
            throw new IOException("user '" + name + "' is in group 0: expected none of root's groups, as "
                    + DockerKeys.RUN_AS_USER.name() + " is submitter");
        }
        return ids;
    }
}
