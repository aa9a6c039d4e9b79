/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;

/** A real NodeManager whose paused tasks crawl, and may exit while they do. */
class CgroupThrottleClusterTest extends PausingContract {
    CgroupThrottleClusterTest() {
        super("cgroup", PauseMode.THROTTLE);
    }
}
