/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.simulator.SimulationSettings.NodeFailures;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Lets nodes fail and come back, each by itself, for as long as there is work. */
final class Failures {
    private final Run run;
    private final NodeFailures settings;
    private final Cluster cluster;
    private final BooleanSupplier isWorkLeft;

    Failures(Run run, NodeFailures settings, Cluster cluster, BooleanSupplier isWorkLeft) {
        this.run = run;
        this.settings = settings;
        this.cluster = cluster;
        this.isWorkLeft = isWorkLeft;
    }

    void begin() {
        SplittableRandom random = new SplittableRandom(run.seed());
        for (SimulatedNode node : cluster.nodes()) {
            new Change(node, random.split()).expect();
        }
    }

    /** The next failure of a node, or its next repair. */
    private final class Change extends Event {
        private final SimulatedNode node;
        private final SplittableRandom random;

        Change(SimulatedNode node, SplittableRandom random) {
            this.node = node;
            this.random = random;
        }

        void expect() {
            double seconds = node.isDown()
                    ? settings.repairSeconds()
                    : -settings.meanSecondsBetween() * Math.log(1 - random.nextDouble());
            run.simulation().at(run.now() + Math.max(1, Nanos.of(seconds)), this);
        }

        @Override
        void happen() {
            // Else the run would never end; a node that is down comes back, as tasks may wait for it.
            if (!isWorkLeft.getAsBoolean()) {
                return;
            }
            if (node.isDown()) {
                cluster.repair(node);
            } else {
                cluster.fail(node);
            }
            expect();
        }
    }
}
