/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.Pauser;

/** A container executor that can freeze the processes of the containers it launches. */
public interface PausingExecutor {
    /** How it freezes them; known once the executor is initialised. */
    Pauser pauser();
}
