/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** A real NodeManager that pauses by the pauser signal. */
class SignalPauserClusterTest extends PausingContract {
    SignalPauserClusterTest() {
        super("signal");
    }
}
