/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.TaskRequest;
import java.util.concurrent.CompletableFuture;

/** What tests share that step an agent by hand. */
final class SteppedAgent {
    private SteppedAgent() {}

    /** What the agent was asked, which it answers in its next step. */
    static <T> T answer(NodeAgent<String> agent, CompletableFuture<T> asked) {
        agent.doWork();
        return asked.join();
    }

    /** A task of one slot, of an application of its own. */
    static TaskRequest<String> task(String name) {
        return new TaskRequest<>(name, "application of " + name, 1, 128, true);
    }
}
