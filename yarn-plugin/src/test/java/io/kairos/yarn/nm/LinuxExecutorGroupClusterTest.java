/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** Containers of YARN's own Docker runtime, paused by the freezer group that the engine made, as auto has it for root. */
class LinuxExecutorGroupClusterTest extends LinuxExecutorContract {
    LinuxExecutorGroupClusterTest() {
        super("auto");
    }
}
