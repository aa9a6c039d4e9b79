/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tasks in groups of their own. One instance a class: it is left out as a whole where the machine forbids them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CgroupRestartContract extends NodeRestartContract {
    private final PauseMode mode;

    CgroupRestartContract(PauseMode mode) {
        super("cgroup", mode);
        this.mode = mode;
    }

    @BeforeAll
    void requireRights() throws IOException {
        PausingContract.observer("cgroup", parent(), mode).close();
    }

    @Override
    List<String> frozen() throws IOException {
        try (Pauser observer = PausingContract.observer("cgroup", parent(), mode)) {
            return observer.frozenTasks();
        }
    }
}
