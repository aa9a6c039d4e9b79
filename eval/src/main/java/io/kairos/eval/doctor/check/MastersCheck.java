/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.Removal;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFile;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.report.Lines;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.List;
import java.util.Locale;

/** What queues let in: application masters, and in which order. */
final class MastersCheck implements Check {
    static final Rule SHARE = Rule.warning(
            "masters-share-small",
            "The share of memory that application masters may take does for less than one to three slots.",
            "Short jobs have a few tasks each: they wait for a master, which no pause can give them, while slots are free.",
            "The property with a larger share.");
    static final Rule ORDER = Rule.advice(
            "ordering-policy-ignored",
            "A queue has an order of applications, and the policy is kairos-job.",
            "Within a queue that policy orders by priority and work left: the queue's own order is not used meanwhile.",
            "Take it out.");

    private static final String PREFIX = "yarn.scheduler.capacity.";
    private static final String PERCENT = "maximum-am-resource-percent";
    private static final String ORDERING = ".ordering-policy";
    private static final float USUAL_PERCENT = 0.1f;

    /** The mean job of the published workload has as many tasks. */
    private static final int TASKS_A_MASTER = 3;

    private static final double STEPS = 20;

    @Override
    public String subject() {
        return "application masters and order";
    }

    @Override
    public List<Rule> rules() {
        return List.of(SHARE, ORDER);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofResourceManager(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        if (!files.queues().isPresent()) {
            return;
        }
        if (plan.isMemoryKnown()) {
            TaskSize master = TaskSize.master(patient, plan);
            examineShare(files, PREFIX + PERCENT, plan, master, notes);
            for (String key : files.queues().keys()) {
                if (key.startsWith(PREFIX) && key.endsWith("." + PERCENT) && !key.equals(PREFIX + PERCENT)) {
                    examineShare(files, key, plan, master, notes);
                }
            }
        }
        if (plan.read(ResourceManagerKeys.POLICY).equals("kairos-job")) {
            for (SiteFile file : List.of(files.queues(), files.yarn())) {
                examineOrder(files, file, notes);
            }
        }
    }

    private static void examineShare(SiteFiles files, String key, NodePlan plan, TaskSize master, Notes notes) {
        double share = files.scheduler().getFloat(key, USUAL_PERCENT);
        double masters = share * plan.memoryMb() / master.megabytes();
        double wanted = (double) plan.slots() / TASKS_A_MASTER;
        if (masters >= wanted) {
            return;
        }
        double enough = Math.min(1, Math.ceil(STEPS * wanted * master.megabytes() / plan.memoryMb()) / STEPS);
        if (enough <= share) {
            return; // no share would do: memory is told of elsewhere
        }
        notes.found(
                SHARE,
                files.queues().told(key, files.scheduler())
                        + (files.scheduler().get(key) == null ? ", so 0.1" : "")
                        + String.format(
                                Locale.ROOT,
                                ": %.1f masters of %d MB a node (%s), which runs %d tasks",
                                masters,
                                master.megabytes(),
                                master.source(),
                                plan.slots()),
                new Property(SiteFiles.QUEUES, key, Lines.number(enough)));
    }

    /** Of parent queues, whose children are ordered by that key, it stays in force. */
    private static void examineOrder(SiteFiles files, SiteFile file, Notes notes) {
        for (String key : file.keys()) {
            if (key.startsWith(PREFIX) && key.endsWith(ORDERING)) {
                String path = key.substring(PREFIX.length(), key.length() - ORDERING.length());
                if (files.scheduler().get(PREFIX + path + ".queues") == null) {
                    notes.found(ORDER, file.told(key, files.scheduler()), new Removal(file.name(), key));
                }
            }
        }
    }
}
