/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** What becomes of tasks, paused ones above all, when a NodeManager restarts. */
final class NodeRecoveryCheck implements Check {
    static final Rule OFF = Rule.warning(
            "node-recovery-off",
            "yarn.nodemanager.recovery.enabled is not true.",
            "When a NodeManager restarts all its tasks are lost: it kills them or, if it was killed itself, paused ones are"
                    + " thawed within 30 s and run on without anybody knowing them.",
            "The property, and what recovery takes besides.");
    static final Rule UNSUPERVISED = Rule.warning(
            "node-recovery-unsupervised",
            "yarn.nodemanager.recovery.supervised is not true.",
            "A NodeManager that is stopped in order, as for a restart, kills all its tasks, paused ones with all they have"
                    + " attained; only after a crash they are found again.",
            "The property, where somebody starts NodeManagers again.");
    static final Rule TEMPORARY = Rule.warning(
            "node-recovery-in-tmp",
            "yarn.nodemanager.recovery.dir is not set or below /tmp.",
            "Whoever clears /tmp takes what a restarted NodeManager needs to find its tasks, and what they have attained.",
            "The property with a folder that stays, of the NodeManager's user.");
    static final Rule PORT = Rule.error(
            "node-port-not-fixed",
            "Recovery is on and yarn.nodemanager.address has no fixed port.",
            "The NodeManager does not start: YARN knows a node by its port, and recovery takes one that stays.",
            "The property with a port.");

    private static final String DIRECTORY = "/var/lib/hadoop-yarn/nm-recovery";
    private static final String ADDRESS = "0.0.0.0:8041";

    @Override
    public String subject() {
        return "NodeManager restarts";
    }

    @Override
    public List<Rule> rules() {
        return List.of(OFF, UNSUPERVISED, TEMPORARY, PORT);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        boolean temporary = Places.isTemporary(files.daemons().getTrimmed(YarnConfiguration.NM_RECOVERY_DIR, ""));
        boolean ephemeral =
                files.daemons().getTrimmed(YarnConfiguration.NM_ADDRESS, ":0").endsWith(":0");
        if (!files.daemons().getBoolean(YarnConfiguration.NM_RECOVERY_ENABLED, false)) {
            List<Change> mend = new ArrayList<>();
            mend.add(Mend.to(files, YarnConfiguration.NM_RECOVERY_ENABLED, "true"));
            if (temporary) {
                mend.add(Mend.to(files, YarnConfiguration.NM_RECOVERY_DIR, DIRECTORY));
            }
            if (ephemeral) {
                mend.add(Mend.to(files, YarnConfiguration.NM_ADDRESS, ADDRESS));
            }
            notes.found(OFF, files.told(YarnConfiguration.NM_RECOVERY_ENABLED), mend.toArray(Change[]::new));
            return;
        }
        if (!files.daemons().getBoolean(YarnConfiguration.NM_RECOVERY_SUPERVISED, false)) {
            Mend.found(files, notes, UNSUPERVISED, YarnConfiguration.NM_RECOVERY_SUPERVISED, "true");
        }
        if (temporary) {
            Mend.found(files, notes, TEMPORARY, YarnConfiguration.NM_RECOVERY_DIR, DIRECTORY);
        }
        if (ephemeral) {
            Mend.found(files, notes, PORT, YarnConfiguration.NM_ADDRESS, ADDRESS);
        }
    }
}
