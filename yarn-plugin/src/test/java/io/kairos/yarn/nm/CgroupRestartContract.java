/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.List;

/** Tasks in groups of their own. */
abstract class CgroupRestartContract extends NodeRestartContract {
    private final PauseMode mode;

    CgroupRestartContract(PauseMode mode) {
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
