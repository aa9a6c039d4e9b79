/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

/** What a job asks of the cluster. Containers go by the names the cluster gives them. */
interface Containers {

    /** Asks for that many more containers. */
    void request(int count);

    /** Runs an attempt in an allocated container. */
    void launch(String container, Attempt attempt);

    /** Gives a container back, running or not. */
    void release(String container);
}
