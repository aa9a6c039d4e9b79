/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** Containers paused by the freezer group that the engine made. */
class DockerGroupClusterTest extends DockerContract {
    DockerGroupClusterTest() {
        super("cgroup");
    }
}
