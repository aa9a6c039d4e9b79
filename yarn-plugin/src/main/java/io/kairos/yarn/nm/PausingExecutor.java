/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;
import java.util.concurrent.Executor;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;

/** A container executor that can freeze the processes of the containers it launches. */
public interface PausingExecutor {
    /** How it freezes them; known once the executor is initialised. */
    Pauser pauser();

    /** Whether it can freeze this container; one that it cannot runs undisturbed to its end. */
    default boolean canPause(Container container) {
        return true;
    }

    /** Where its pauser is called: the caller's own thread unless pausing takes long. */
    default Executor pausing() {
        return Runnable::run;
    }
}
