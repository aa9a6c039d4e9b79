/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;

/** Containers throttled by groups of our own around them. */
class DockerGroupThrottleClusterTest extends DockerContract {
    DockerGroupThrottleClusterTest() {
        super("cgroup", PauseMode.THROTTLE);
    }
}
