/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Step;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Whether a node's memory does for the tasks that it pauses, too: they keep theirs. */
final class MemoryCheck implements Check {
    static final Rule FOR_PAUSED = Rule.warning(
            "memory-for-paused",
            "yarn.nodemanager.resource.memory-mb is less than N + Q usual tasks need.",
            "A node never takes more tasks than its memory holds: newcomers wait in the queue instead of pausing a task that"
                    + " has run for long.",
            "The property with more memory or, where the machine has no more, with a smaller Q and N.");
    static final Rule BEYOND_MACHINE = Rule.error(
            "memory-beyond-machine",
            "yarn.nodemanager.resource.memory-mb is more than nine tenths of this machine's memory.",
            "Paused tasks keep their memory, so a full node really uses all of it: the kernel swaps, or kills tasks and"
                    + " daemons.",
            "The property with what the machine can spare.");
    static final Rule VIRTUAL = Rule.advice(
            "virtual-memory-check",
            "YARN's check of virtual memory is on.",
            "It kills tasks for address space that they never use, as Java reserves it; the more of them are on a node, paused"
                    + " ones among them, the more are lost.",
            "The property that switches it off; the check of real memory stays.");

    /** Of the machine's memory, for containers. */
    private static final double SPARE = 0.9;

    @Override
    public String subject() {
        return "memory";
    }

    @Override
    public List<Rule> rules() {
        return List.of(FOR_PAUSED, BEYOND_MACHINE, VIRTUAL);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        if (files.daemons().getBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, true)) {
            String key = YarnConfiguration.NM_VMEM_CHECK_ENABLED;
            notes.found(VIRTUAL, files.told(key), Mend.to(files, key, "false"));
        }
        if (!plan.isMemoryKnown()) {
            notes.unchecked("memory for paused tasks", "each node finds out its own memory, no file says it");
            return;
        }
        Optional<Host> host = patient.host().value().filter(machine -> machine.memoryMb() > 0);
        if (host.isEmpty()) {
            notes.unchecked("memory and processors of a node", patient.host().whyNot());
        }
        long most = host.map(machine -> (long) (machine.memoryMb() * SPARE)).orElse(Long.MAX_VALUE);
        if (plan.memoryMb() > most) {
            String key = YarnConfiguration.NM_PMEM_MB;
            notes.found(
                    BEYOND_MACHINE,
                    files.told(key) + ", this machine has " + host.orElseThrow().memoryMb(),
                    Mend.to(files, key, floor(most, plan)));
        } else {
            forPaused(patient, plan, most, notes);
        }
    }

    private static void forPaused(Patient patient, NodePlan plan, long most, Notes notes) {
        TaskSize task = TaskSize.largest(patient, plan);
        long wanted = (plan.slots() + (long) plan.queueBound()) * task.megabytes();
        if (plan.memoryMb() >= wanted) {
            return;
        }
        long fits = plan.memoryMb() / task.megabytes();
        String key = YarnConfiguration.NM_PMEM_MB;
        notes.found(
                FOR_PAUSED,
                patient.files().told(key) + ", enough for " + fits + " tasks of " + task.megabytes() + " ("
                        + task.source() + "); N + Q is " + plan.slots() + " + " + plan.queueBound(),
                wanted <= most ? new Change[] {Mend.to(patient.files(), key, wanted)} : fewer(patient, plan, fits));
    }

    /** The machine has no more: Q shrinks, and where even N do not fit, N as well. */
    private static Change[] fewer(Patient patient, NodePlan plan, long fits) {
        SiteFiles files = patient.files();
        boolean ofNode = files.isSet(NodeManagerKeys.QUEUE_BOUND.name());
        String bound = ofNode ? NodeManagerKeys.QUEUE_BOUND.name() : ResourceManagerKeys.QUEUE_BOUND.name();
        String slots = NodeManagerKeys.SLOTS.name();
        if (fits > plan.slots()) {
            return new Change[] {Mend.to(files, bound, fits - plan.slots())};
        }
        if (fits < 2) {
            return new Change[] {new Step("give tasks less memory, or take machines with more")};
        }
        long paused = Math.min(plan.queueBound(), fits / 2);
        return new Change[] {Mend.to(files, slots, fits - paused), Mend.to(files, bound, paused)};
    }

    private static long floor(long megabytes, NodePlan plan) {
        return Math.max(plan.leastTaskMb(), megabytes / plan.leastTaskMb() * plan.leastTaskMb());
    }
}
