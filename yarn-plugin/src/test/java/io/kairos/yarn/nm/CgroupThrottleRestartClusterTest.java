/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;

/** Tasks that crawl in groups of their own while their NodeManager dies. */
class CgroupThrottleRestartClusterTest extends CgroupRestartClusterTest {
    CgroupThrottleRestartClusterTest() {
        super(PauseMode.THROTTLE);
    }
}
