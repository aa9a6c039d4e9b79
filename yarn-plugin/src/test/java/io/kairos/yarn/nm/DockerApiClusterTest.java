/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

/** Containers paused through the engine. */
class DockerApiClusterTest extends DockerContract {
    DockerApiClusterTest() {
        super("docker");
    }
}
