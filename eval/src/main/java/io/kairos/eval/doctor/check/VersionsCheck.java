/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Step;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.watch.ClusterPages.Central;
import io.kairos.yarn.Version;
import io.kairos.yarn.why.NodeAnswer;
import java.util.List;

/** The versions of Kairos in one cluster. */
final class VersionsCheck implements Check {
    static final Rule DIFFER = Rule.warning(
            "kairos-versions-differ",
            "A node runs another version of Kairos than the ResourceManager.",
            "They understand each other, but what only the newer one knows is not in force there; meant for the time of an"
                    + " upgrade alone.",
            "The same jar there, and a restart of the NodeManager.");
    static final Rule DOCTOR = Rule.advice(
            "doctor-of-another-version",
            "The cluster runs another version of Kairos than this command.",
            "What it knows of keys and values is this version's, not the cluster's.",
            "The command of the cluster's version.");

    @Override
    public String subject() {
        return "versions of Kairos";
    }

    @Override
    public List<Rule> rules() {
        return List.of(DIFFER, DOCTOR);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        patient.cluster()
                .value()
                .ifPresent(cluster -> cluster.kairos().value().ifPresent(central -> examine(cluster, central, notes)));
    }

    private static void examine(Cluster cluster, Central central, Notes notes) {
        if (central.version().isEmpty()) {
            return; // older than the attribute
        }
        for (NodeAnswer node : cluster.nodes()) {
            if (!node.version().isEmpty() && !node.version().equals(central.version())) {
                notes.found(
                        DIFFER,
                        node.node().nodeId() + " runs " + node.version() + ", the ResourceManager " + central.version(),
                        new Step("put the jar of version " + central.version() + " there and run: yarn --daemon stop"
                                + " nodemanager; yarn --daemon start nodemanager"));
            }
        }
        if (!central.version().equals(Version.text())) {
            notes.found(
                    DOCTOR,
                    "the ResourceManager runs " + central.version() + ", this is " + Version.text(),
                    new Step("run ./kairos doctor of version " + central.version()));
        }
    }
}
