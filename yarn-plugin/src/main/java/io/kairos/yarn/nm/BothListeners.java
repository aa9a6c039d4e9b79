/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskView;

/** Tells two listeners, one after the other. */
record BothListeners<K>(AgentListener<K> first, AgentListener<K> second) implements AgentListener<K> {
    @Override
    public void decided(Decision<K> decision) {
        first.decided(decision);
        second.decided(decision);
    }

    @Override
    public void observed(Decision<K> decision) {
        first.observed(decision);
        second.observed(decision);
    }

    @Override
    public void finished(TaskView<K> last, long timeNanos, int running, int paused, int held) {
        first.finished(last, timeNanos, running, paused, held);
        second.finished(last, timeNanos, running, paused, held);
    }

    @Override
    public void repaired(K task, boolean shouldBeFrozen) {
        first.repaired(task, shouldBeFrozen);
        second.repaired(task, shouldBeFrozen);
    }

    @Override
    public void undone(Decision<K> decision, Throwable cause) {
        first.undone(decision, cause);
        second.undone(decision, cause);
    }

    @Override
    public void policyFailed(Throwable cause) {
        first.policyFailed(cause);
        second.policyFailed(cause);
    }

    @Override
    public void forgotten(K task) {
        first.forgotten(task);
        second.forgotten(task);
    }

    @Override
    public void failed(String what, Throwable cause) {
        first.failed(what, cause);
        second.failed(what, cause);
    }
}
