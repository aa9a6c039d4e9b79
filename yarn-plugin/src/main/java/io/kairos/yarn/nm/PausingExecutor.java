/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import java.util.concurrent.Executor;

/** A container executor that can freeze the processes of the containers it launches. */
public interface PausingExecutor {
    /** How it freezes them; known once the executor is initialised. */
    Pauser pauser();

    /** Where its pauser is called: the caller's own thread unless pausing takes long. */
    default Executor pausing() {
        return Runnable::run;
    }
}
