/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;

/** Tasks paused by the freezer, in groups of their own. */
class CgroupRestartClusterTest extends CgroupRestartContract {
    CgroupRestartClusterTest() {
        super(PauseMode.FREEZE);
    }
}
