/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskView;

/**
 * Hears of everything a node agent decides. Called by the agent's thread; must return soon.
 *
 * @param <K> task id
 */
interface AgentListener<K> {
    /** Before the decision is carried out. */
    void decided(Decision<K> decision);

    /** What would have been decided on a node that only observes; nobody carries it out. */
    default void observed(Decision<K> decision) {}

    /** A task left the node; the counts are those without it. */
    void finished(TaskView<K> last, long timeNanos, int running, int paused, int held);

    /** A task was found frozen or thawed by somebody else; it is made as it should be. */
    void repaired(K task, boolean shouldBeFrozen);

    /** What was decided could not be done; the policy decides anew. */
    default void undone(Decision<K> decision, Throwable cause) {}

    /** The policy failed: every task is thawed and launched, and it begins anew. */
    default void policyFailed(Throwable cause) {
        failed("the node policy", cause);
    }

    /** A task left the node while there was no policy. */
    default void forgotten(K task) {}

    /** A pause, a resume or something else failed; the agent goes on. A {@link TaskEndingException} is no fault. */
    void failed(String what, Throwable cause);
}
