/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** Containers paused by groups of our own around them. */
class DockerGroupClusterTest extends DockerContract {
    DockerGroupClusterTest() {
        super("cgroup");
    }
}
