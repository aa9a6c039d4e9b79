/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.yarn.testing.ChildDaemon;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.FileSystemRMStateStore;

/** The only ResourceManager is killed and comes back with what it had stored on disk. */
class ResourceManagerRestartTest extends ResourceManagerFaultContract {
    @SuppressWarnings("NullAway.Init")
    private ChildDaemon resourceManager;

    @Override
    void prepare(Configuration configuration) {
        setAddresses(configuration, "");
        configuration.set(YarnConfiguration.RM_STORE, FileSystemRMStateStore.class.getName());
        configuration.set(
                YarnConfiguration.FS_RM_STATE_STORE_URI,
                folder().resolve("state").toUri().toString());
    }

    @Override
    void startResourceManagers(Configuration configuration) throws Exception {
        resourceManager = start(ResourceManager.class, "resource-manager", configuration);
    }

    @Override
    void lose() throws Exception {
        resourceManager.kill();
        resourceManager.startAnew();
    }
}
