/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** A real NodeManager that pauses by the pauser cgroup. */
class CgroupPauserClusterTest extends PausingContract {
    CgroupPauserClusterTest() {
        super("cgroup");
    }
}
