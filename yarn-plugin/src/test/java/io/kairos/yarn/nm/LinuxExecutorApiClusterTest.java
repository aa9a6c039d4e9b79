/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** Containers of YARN's own Docker runtime, paused through the engine. */
class LinuxExecutorApiClusterTest extends LinuxExecutorContract {
    LinuxExecutorApiClusterTest() {
        super("docker");
    }
}
