/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Whether N goes with the machine's processors, and the vcores with N + Q. */
final class ProcessorsCheck implements Check {
    static final Rule TOO_MANY = Rule.warning(
            "slots-beyond-cores",
            "N is more than this machine has processors.",
            "More tasks run at a time than can: short ones get a part of a processor, which is what pausing the others is to"
                    + " spare them.",
            "The property with N.");
    static final Rule TOO_FEW = Rule.advice(
            "cores-unused",
            "N is at most half of this machine's processors, and there is memory for more.",
            "Tasks are paused while processors idle, if each task uses no more than its vcore.",
            "The property with N.");
    static final Rule VCORES = Rule.warning(
            "vcores-below-bound",
            "YARN counts vcores as well as memory, and a node has fewer than N + Q.",
            "A node takes no more tasks than it has vcores: nothing can be placed beyond N, so nothing is ever paused.",
            "The properties with N and with N + Q vcores.");

    private static final String CALCULATOR = "yarn.scheduler.capacity.resource-calculator";

    @Override
    public String subject() {
        return "processors";
    }

    @Override
    public List<Rule> rules() {
        return List.of(TOO_MANY, TOO_FEW, VCORES);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        if (!patient.host().isKnown()) {
            notes.unchecked("memory and processors of a node", patient.host().whyNot());
        }
        patient.host().value().ifPresent(host -> {
            String key = NodeManagerKeys.SLOTS.name();
            Change cores = Mend.to(files, key, host.cores());
            String what = told(files) + ", N is " + plan.slots() + ", this machine has " + host.cores() + " processors";
            if (plan.slots() > host.cores()) {
                notes.found(TOO_MANY, what, cores);
            } else if (plan.slots() * 2 <= host.cores() && hasMemory(patient, plan, host.cores())) {
                notes.found(TOO_FEW, what, cores);
            }
        });
        examineVcores(files, plan, notes);
    }

    /** Whether as many more tasks would find memory. */
    private static boolean hasMemory(Patient patient, NodePlan plan, int slots) {
        return plan.memoryMb()
                >= (slots + (long) plan.queueBound())
                        * TaskSize.largest(patient, plan).megabytes();
    }

    private static void examineVcores(SiteFiles files, NodePlan plan, Notes notes) {
        boolean counted = files.scheduler().getTrimmed(CALCULATOR, "").endsWith(".DominantResourceCalculator");
        int wanted = plan.slots() + plan.queueBound();
        if (!counted || plan.vcores() >= wanted) {
            return;
        }
        String vcores = YarnConfiguration.NM_VCORES;
        String slots = NodeManagerKeys.SLOTS.name();
        List<Change> mend = new ArrayList<>();
        if (plan.read(NodeManagerKeys.SLOTS).isEmpty()) {
            mend.add(Mend.to(files, slots, plan.slots()));
        }
        mend.add(Mend.to(files, vcores, wanted));
        notes.found(
                VCORES,
                files.queues().told(CALCULATOR, files.scheduler()) + "; " + vcores + " is " + plan.vcores()
                        + ", N + Q is " + plan.slots() + " + " + plan.queueBound(),
                mend.toArray(Change[]::new));
    }

    /** The key that N comes from. */
    private static String told(SiteFiles files) {
        String slots = NodeManagerKeys.SLOTS.name();
        return files.told(files.isSet(slots) ? slots : YarnConfiguration.NM_VCORES);
    }
}
