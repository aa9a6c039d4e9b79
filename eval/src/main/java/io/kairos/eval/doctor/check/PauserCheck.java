/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import java.util.List;

/** How tasks would be paused on this machine. */
final class PauserCheck implements Check {
    static final Rule NOT_FOR_EXECUTOR = Rule.error(
            "pauser-not-for-executor",
            "The pauser cannot pause what the executor starts, or cannot throttle.",
            "The NodeManager does not start.",
            "The property with auto.");
    static final Rule CANNOT = Rule.error(
            "pauser-cannot-work",
            "The pauser that is configured does not work on this machine.",
            "The NodeManager does not start.",
            "The command that gives the NodeManager's user folders of its own in the cgroups.");
    static final Rule THROTTLE = Rule.error(
            "throttle-cannot-work",
            "Tasks are to be throttled, and no cpu controller may be written on this machine.",
            "The NodeManager does not start: tasks that are frozen instead would lose their heartbeats.",
            "The command that gives the NodeManager's user folders of its own in the cgroups.");
    static final Rule SIGNALS = Rule.advice(
            "pauser-signal",
            "Tasks would be paused by signals, for no freezer may be written on this machine.",
            "A stop is seen by whoever started the process, and a process that left its session is missed; the freezer has"
                    + " neither fault and is swifter.",
            "The command that gives the NodeManager's user folders of its own in the cgroups.");
    static final Rule ENGINE = Rule.advice(
            "pauser-through-engine",
            "Docker containers would be paused through the engine.",
            "A pause takes tens of milliseconds instead of less than one, and none while the engine is down.",
            "The command that gives the NodeManager's user folders of its own in the cgroups.");

    @Override
    public String subject() {
        return "pausers";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NOT_FOR_EXECUTOR, CANNOT, THROTTLE, SIGNALS, ENGINE);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        String key = NodeManagerKeys.PAUSER.name();
        String pauser = plan.read(NodeManagerKeys.PAUSER);
        boolean plain = plan.executor().equals(KairosContainerExecutor.class.getName());
        boolean linux = plan.executor().equals(KairosLinuxContainerExecutor.class.getName());
        if ((plain && pauser.equals("docker")) || (pauser.equals("signal") && (linux || plan.isThrottling()))) {
            notes.found(
                    NOT_FOR_EXECUTOR,
                    files.told(key) + ", the executor is " + plan.executor()
                            + (plan.isThrottling() ? ", pause-mode throttle" : ""),
                    Mend.to(files, key, "auto"));
            return;
        }
        if (patient.host().value().isEmpty()) {
            notes.unchecked("which pauser works", patient.host().whyNot());
            return;
        }
        Host host = patient.host().value().get();
        Command delegate = new Command("conf/docker/delegate " + host.user() + parent(plan));
        if (!linux) {
            examineProcesses(files, plan, host.processes(), delegate, notes);
        }
        if (plan.usesDocker()) {
            examineContainers(files, plan, host, delegate, notes);
        }
    }

    private static void examineProcesses(
            SiteFiles files, NodePlan plan, Known<Host.Trial> known, Command delegate, Notes notes) {
        if (known.value().isEmpty()) {
            notes.unchecked("which pauser works for processes", known.whyNot());
            return;
        }
        Host.Trial trial = known.value().get();
        String key = NodeManagerKeys.PAUSER.name();
        String mode = NodeManagerKeys.PAUSE_MODE.name();
        if (trial.works()) {
            notes.saw("processes would be paused by the " + trial.words());
            if (trial.pauser().equals("signal")
                    && plan.read(NodeManagerKeys.PAUSER).equals("auto")) {
                notes.found(SIGNALS, files.told(key) + ": " + trial.words(), delegate);
            }
        } else if (plan.isThrottling()) {
            notes.found(THROTTLE, files.told(mode) + ": " + trial.words(), delegate);
        } else {
            notes.found(CANNOT, files.told(key) + ": " + trial.words(), delegate);
        }
    }

    private static void examineContainers(SiteFiles files, NodePlan plan, Host host, Command delegate, Notes notes) {
        if (host.containers().value().isEmpty()) {
            notes.unchecked(
                    "which pauser works for containers", host.containers().whyNot());
            return;
        }
        Host.Trial trial = host.containers().value().get();
        String key = NodeManagerKeys.PAUSER.name();
        if (!trial.works()) {
            notes.found(CANNOT, files.told(key) + ": " + trial.words(), delegate);
            return;
        }
        notes.saw("containers would be paused " + trial.words());
        boolean drivenByCgroupfs = host.engine()
                .value()
                .filter(engine -> engine.info().cgroupDriver().equals("cgroupfs"))
                .isPresent();
        // With another driver delegating is of no use; that is another finding.
        if (trial.pauser().equals("docker")
                && plan.startsContainers()
                && plan.read(NodeManagerKeys.PAUSER).equals("auto")
                && drivenByCgroupfs) {
            notes.found(ENGINE, files.told(key) + ": " + trial.words(), delegate);
        }
    }

    private static String parent(NodePlan plan) {
        String parent = plan.read(NodeManagerKeys.CGROUP_PARENT);
        return parent.equals(NodeManagerKeys.CGROUP_PARENT.defaultText()) ? "" : " " + parent;
    }
}
