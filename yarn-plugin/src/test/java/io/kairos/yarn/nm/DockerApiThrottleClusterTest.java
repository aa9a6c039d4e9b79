/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;

/** Containers throttled through the engine. */
class DockerApiThrottleClusterTest extends DockerContract {
    DockerApiThrottleClusterTest() {
        super("docker", PauseMode.THROTTLE);
    }
}
