/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.List;

/** CONTRACT SKETCH: to be filled in. The node tier's policy. Not thread-safe; one thread owns it. */
public final class NodeScheduler<K> {
    public NodeScheduler(NodeSettings settings, TaskOrder order) {
        throw new UnsupportedOperationException();
    }

    /** A task arrives: it is launched at once (pausing victims if need be) or held. */
    public List<Decision<K>> arrive(TaskRequest<K> request, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** A task that was launched before this scheduler existed (node restart). */
    public List<Decision<K>> adopt(TaskRequest<K> request, long attainedNanos, boolean frozen, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The task's process exists: from now on it attains service and may be paused. */
    public List<Decision<K>> started(K task, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The task ended, was killed, or will never launch. Unknown tasks are ignored. */
    public List<Decision<K>> finish(K task, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The pause of this task could not be carried out: it still runs. */
    public List<Decision<K>> pauseFailed(K task, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The resume of this task could not be carried out: it is still frozen. */
    public List<Decision<K>> resumeFailed(K task, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Does what has become due: quanta, guarantees, maximum pauses, pulses, retries. */
    public List<Decision<K>> tick(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** When the next tick has something to do, on the caller's clock; Long.MAX_VALUE if nothing is due ever. */
    public long nextWakeNanos() {
        throw new UnsupportedOperationException();
    }

    /** N + Q as the central tier knows it; takes effect at the next decision. */
    public void launchBound(int bound) {
        throw new UnsupportedOperationException();
    }

    public ServiceSummary summary(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** All tasks of the node, in order of arrival. */
    public List<TaskView<K>> tasks(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
