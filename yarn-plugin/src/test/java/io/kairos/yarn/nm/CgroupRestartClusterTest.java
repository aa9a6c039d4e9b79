/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.List;

/** Tasks paused by the freezer, in groups of their own. */
class CgroupRestartClusterTest extends NodeRestartContract {
    private final PauseMode mode;

    CgroupRestartClusterTest() {
        this(PauseMode.FREEZE);
    }

    CgroupRestartClusterTest(PauseMode mode) {
        super("cgroup", mode);
        this.mode = mode;
    }

    @Override
    List<String> frozen() throws IOException {
        try (Pauser observer = PausingContract.observer("cgroup", parent(), mode)) {
            return observer.frozenTasks();
        }
    }
}
