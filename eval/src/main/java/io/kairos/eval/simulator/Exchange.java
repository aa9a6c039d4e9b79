/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What placers of the same nodes tell each other: how many tasks they have on each, at fixed moments or at once. Between two of them each
 * knows the others' tasks as they were.
 */
final class Exchange {
    private final Simulation simulation;
    private final long intervalNanos;
    private final List<Shared> views = new ArrayList<>();
    private final List<Runnable> onRoom = new ArrayList<>();
    private final Round round = new Round();

    /** @param intervalNanos between two exchanges; 0: at once */
    Exchange(Simulation simulation, long intervalNanos) {
        this.simulation = simulation;
        this.intervalNanos = intervalNanos;
    }

    /** The placement of one more placer, which takes part from now on. */
    Placement share(Placement own, int nodes) {
        Shared view = new Shared(own, nodes);
        views.add(view);
        return view;
    }

    /** Is run whenever tasks of others may turn out to have ended. */
    void whenRoomIsLearned(Runnable listener) {
        onRoom.add(listener);
    }

    private void changed(Shared by, SimulatedNode node, int more) {
        for (Shared view : views) {
            if (view != by) {
                view.hear(node, more);
            }
        }
        if (intervalNanos == 0) {
            views.forEach(Shared::learn);
            if (more < 0) {
                onRoom.forEach(Runnable::run);
            }
        } else if (!round.isScheduled()) {
            simulation.at((simulation.now() / intervalNanos + 1) * intervalNanos, round);
        }
    }

    private final class Round extends Event {
        @Override
        void happen() {
            views.forEach(Shared::learn);
            onRoom.forEach(Runnable::run);
        }
    }

    /** A placement, and what its placer has not been told yet. */
    private final class Shared implements Placement {
        private final Placement own;
        /** By node: tasks of others more than the placement knows of. */
        private final int[] unheard;
        /** Nodes of which something was unheard, some of them of which nothing is any more. */
        private final List<SimulatedNode> changed = new ArrayList<>();

        Shared(Placement own, int nodes) {
            this.own = own;
            this.unheard = new int[nodes];
        }

        void hear(SimulatedNode node, int more) {
            if (unheard[node.number()] == 0) {
                changed.add(node);
            }
            unheard[node.number()] += more;
        }

        void learn() {
            for (SimulatedNode node : changed) {
                int more = unheard[node.number()];
                unheard[node.number()] = 0;
                if (more != 0) {
                    own.learn(node, more);
                }
            }
            changed.clear();
        }

        @Override
        public @Nullable SimulatedNode best() {
            return own.best();
        }

        @Override
        public boolean hasFreeSlot(SimulatedNode node) {
            return own.hasFreeSlot(node);
        }

        @Override
        public void placed(SimulatedNode node, SimulatedJob job) {
            own.placed(node, job);
            Exchange.this.changed(this, node, 1);
        }

        @Override
        public void ended(SimulatedNode node, SimulatedJob job) {
            own.ended(node, job);
            Exchange.this.changed(this, node, -1);
        }

        @Override
        public void learn(SimulatedNode node, int more) {
            own.learn(node, more);
        }

        @Override
        public void join(SimulatedNode node) {
            own.join(node);
        }

        @Override
        public void leave(SimulatedNode node) {
            unheard[node.number()] = 0;
            own.leave(node);
        }
    }
}
