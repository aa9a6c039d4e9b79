/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Removal;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.QueueKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.ArrayList;
import java.util.List;

/** Keys that are set and do nothing beside the others. */
final class EffectCheck implements Check {
    static final Rule GUARANTEE = Rule.advice(
            "guarantee-under-kairos-job",
            "The guarantee for tasks that were paused often is set, and the policy is kairos-job.",
            "That policy owes a task nothing for its pauses: yarn.resourcemanager.kairos.patience-ms keeps applications from"
                    + " starving.",
            "Take it out.");
    static final Rule NONE = Rule.advice(
            "key-without-effect",
            "A key is set that does nothing beside the others.",
            "It is not read as things are; who reads the file is misled.",
            "Take it out.");
    static final Rule OTHER_DAEMON = Rule.advice(
            "key-without-its-daemon",
            "Keys of one daemon are set where only the other one's classes are.",
            "They have no effect here: they belong into the file of the other daemon.",
            "Take it out here.");

    private static final String KAIROS_JOB = "kairos-job";

    @Override
    public String subject() {
        return "keys without effect";
    }

    @Override
    public List<Rule> rules() {
        return List.of(GUARANTEE, NONE, OTHER_DAEMON);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        boolean byJobs = plan.read(ResourceManagerKeys.POLICY).equals(KAIROS_JOB);
        if (byJobs) {
            found(files, GUARANTEE, NodeManagerKeys.PREEMPTIONS_BEFORE_GUARANTEE, "the policy is " + KAIROS_JOB, notes);
            found(files, GUARANTEE, NodeManagerKeys.GUARANTEED_QUANTA, "the policy is " + KAIROS_JOB, notes);
            found(files, NONE, ResourceManagerKeys.TIE_BREAK, "the policy is " + KAIROS_JOB, notes);
            examineWeights(files, notes);
        } else {
            found(files, NONE, ResourceManagerKeys.PATIENCE, "the policy is not " + KAIROS_JOB, notes);
        }
        if (byJobs || !plan.read(ResourceManagerKeys.TIE_BREAK).equals("random")) {
            found(files, NONE, ResourceManagerKeys.SEED, "the tie-break is not random", notes);
        }
        if (plan.isThrottling()) {
            found(files, NONE, NodeManagerKeys.KEEP_ALIVE_INTERVAL, "pause-mode is throttle", notes);
            found(files, NONE, NodeManagerKeys.KEEP_ALIVE_PULSE, "pause-mode is throttle", notes);
        }
        if (plan.startsContainers() && !plan.read(DockerKeys.RUN_AS_USER).equals("submitter")) {
            found(files, NONE, DockerKeys.MINIMUM_USER_ID, "containers do not run as their submitters", notes);
        }
        if (plan.isCentral() != plan.isNode()) {
            examineDaemons(files, plan, notes);
        }
    }

    private static void examineWeights(SiteFiles files, Notes notes) {
        for (String name : files.queues().keys()) {
            if (QueueKeys.isMeant(files.scheduler(), name)
                    && QueueKeys.property(name).equals("weight")) {
                notes.found(
                        NONE,
                        files.queues().told(name, files.scheduler()) + ", the policy is " + KAIROS_JOB,
                        new Removal(SiteFiles.QUEUES, name));
            }
        }
    }

    private static void examineDaemons(SiteFiles files, NodePlan plan, Notes notes) {
        List<Key<?>> strangers = new ArrayList<>();
        if (plan.isNode()) {
            strangers.addAll(ResourceManagerKeys.ALL);
            strangers.remove(ResourceManagerKeys.REPORT_ADDRESS); // nodes read it, too
        } else {
            strangers.addAll(NodeManagerKeys.ALL);
            strangers.addAll(DockerKeys.ALL);
            strangers.remove(NodeManagerKeys.REPORT_INTERVAL); // the ResourceManager reads it, too
        }
        String here = plan.isNode() ? "only the NodeManager's classes are set" : "only the scheduler's class is set";
        strangers.forEach(key -> found(files, OTHER_DAEMON, key, here, notes));
    }

    private static void found(SiteFiles files, Rule rule, Key<?> key, String why, Notes notes) {
        if (files.isSet(key.name())) {
            notes.found(rule, files.told(key.name()) + ", " + why, Mend.without(files, key.name()));
        }
    }
}
