/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.List;

/** Tasks paused by the freezer, in groups of their own. */
class CgroupRestartClusterTest extends NodeRestartContract {
    CgroupRestartClusterTest() {
        super("cgroup");
    }

    @Override
    List<String> frozen() throws IOException {
        try (Pauser observer = PausingContract.observer("cgroup", parent())) {
            return observer.frozenTasks();
        }
    }
}
