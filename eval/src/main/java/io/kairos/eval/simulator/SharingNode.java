/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** A node whose tasks share its slots equally from the moment they come. */
final class SharingNode extends SimulatedNode {
    private final Run run;
    private final SharedSlots shared;

    SharingNode(int number, NodeGroup shape, Run run) {
        super(number, shape, run);
        this.run = run;
        this.shared = new SharedSlots(run.simulation(), shape.slots());
    }

    @Override
    void take(SimulatedTask task) {
        run.journal().launched(this, task);
        shared.add(task, run.costs().startNanos() + task.remainingNanos());
    }

    @Override
    void release(SimulatedTask task) {
        // Whoever shares with it has more now.
    }

    @Override
    void forget() {
        shared.clear();
    }
}
