/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.ApplicationAccessType;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.QueueACL;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.jspecify.annotations.Nullable;

/**
 * Whose applications somebody may see, as YARN's own list of applications has it: everybody's, unless
 * {@code yarn.webapp.filter-entity-list-by-user} is true; then those whose ACLs, or whose queue's, let this user. Thread-safe.
 */
final class ApplicationAccess {
    private final RMContext context;

    ApplicationAccess(RMContext context) {
        this.context = context;
    }

    /** Whether it depends on who asks. */
    boolean isRestricted() {
        Configuration configuration = context.getYarnConfiguration();
        return configuration.getBoolean(
                YarnConfiguration.FILTER_ENTITY_LIST_BY_USER,
                YarnConfiguration.DEFAULT_DISPLAY_APPS_FOR_LOGGED_IN_USER);
    }

    /** @param user empty for nobody in particular, who sees nothing where it depends */
    Predicate<String> of(String user) {
        if (!isRestricted()) {
            return application -> true;
        }
        if (user.isEmpty()) {
            return application -> false;
        }
        UserGroupInformation caller = UserGroupInformation.createRemoteUser(user);
        return application -> mayView(caller, application);
    }

    private boolean mayView(UserGroupInformation caller, String id) {
        @Nullable ResourceManager manager = context.getResourceManager();
        @Nullable RMApp application = context.getRMApps().get(ApplicationId.fromString(id));
        if (manager == null || application == null) {
            return false;
        }
        return manager.getApplicationACLsManager()
                        .checkAccess(
                                caller,
                                ApplicationAccessType.VIEW_APP,
                                application.getUser(),
                                application.getApplicationId())
                || manager.getQueueACLsManager()
                        .checkAccess(caller, QueueACL.ADMINISTER_QUEUE, application, null, null);
    }
}
