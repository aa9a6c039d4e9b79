/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import io.kairos.yarn.rm.KairosScheduler;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The three class names: set, spelled right, and together. */
final class ClassesCheck implements Check {
    static final Rule NONE = Rule.error(
            "no-kairos",
            "None of the three class names is set.",
            "The cluster runs stock YARN: nothing of Kairos is in force.",
            "The three properties.");
    static final Rule UNKNOWN = Rule.error(
            "class-unknown",
            "A class name that looks like one of Kairos' is none, or is another key's.",
            "The daemon does not start: it finds no such class, or not one of the kind it needs.",
            "The property with the right name.");
    static final Rule NO_SCHEDULER = Rule.warning(
            "scheduler-class-missing",
            "Executor and launcher are set, the scheduler is not, and no ResourceManager with Kairos answers.",
            "The nodes hold and pause by themselves, but nobody spreads tasks or bounds them at N + Q a node.",
            "The property for the ResourceManager.");
    static final Rule NO_NODES = Rule.warning(
            "node-classes-missing",
            "The scheduler is set, executor and launcher are not, and no node with Kairos answers.",
            "Each node counts as a stock one: nothing is paused, and no task is placed beyond its vcores.",
            "The two properties for the NodeManagers.");
    static final Rule NO_LAUNCHER = Rule.error(
            "launcher-class-missing",
            "The executor is set, the launcher is not.",
            "Nobody asks the executor to pause anything: the node is a stock one.",
            "The property with the launcher.");
    static final Rule NO_EXECUTOR = Rule.error(
            "executor-class-missing",
            "The launcher is set with an executor that cannot pause.",
            "The NodeManager does not start: the launcher takes no executor but Kairos' own.",
            "The property with the executor.");

    private static final List<String> SCHEDULERS = List.of(KairosScheduler.class.getName());
    private static final List<String> LAUNCHERS = List.of(KairosContainersLauncher.class.getName());
    private static final List<String> EXECUTORS = List.of(
            KairosContainerExecutor.class.getName(),
            KairosDockerContainerExecutor.class.getName(),
            KairosLinuxContainerExecutor.class.getName());

    @Override
    public String subject() {
        return "class names";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NONE, UNKNOWN, NO_SCHEDULER, NO_NODES, NO_LAUNCHER, NO_EXECUTOR);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        boolean scheduler = isMeant(files, YarnConfiguration.RM_SCHEDULER, plan.scheduler(), SCHEDULERS, notes);
        boolean executor = isMeant(files, YarnConfiguration.NM_CONTAINER_EXECUTOR, plan.executor(), EXECUTORS, notes);
        boolean launcher =
                isMeant(files, YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, plan.launcher(), LAUNCHERS, notes);
        if (!scheduler && !executor && !launcher) {
            notes.found(NONE, files.told(YarnConfiguration.RM_SCHEDULER), scheduler(), executor(), launcher());
            return;
        }
        if (executor && !launcher) {
            notes.found(
                    NO_LAUNCHER,
                    files.told(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS) + ", the executor is one of Kairos",
                    launcher());
        } else if (launcher && !executor) {
            notes.found(
                    NO_EXECUTOR,
                    files.told(YarnConfiguration.NM_CONTAINER_EXECUTOR) + ", the launcher is Kairos'",
                    executor());
        } else if (!scheduler && !runsWithKairos(patient)) {
            notes.found(NO_SCHEDULER, files.told(YarnConfiguration.RM_SCHEDULER), scheduler());
        } else if (!launcher && !hasNodesWithKairos(patient)) {
            notes.found(NO_NODES, files.told(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS), executor(), launcher());
        }
    }

    /** Whether somebody wanted one of Kairos' classes there. */
    private static boolean isMeant(SiteFiles files, String key, String value, List<String> ours, Notes notes) {
        if (ours.contains(value)) {
            return true;
        }
        if (!value.toLowerCase(Locale.ROOT).contains("kairos")) {
            return false;
        }
        String right = Nearest.of(value, ours);
        notes.found(UNKNOWN, files.told(key) + "; expected " + right, Mend.to(files, key, right));
        return true;
    }

    private static boolean runsWithKairos(Patient patient) {
        return patient.cluster()
                .value()
                .filter(cluster -> cluster.kairos().isKnown())
                .isPresent();
    }

    private static boolean hasNodesWithKairos(Patient patient) {
        return patient.cluster().value().stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .anyMatch(node -> node.node().hasReported());
    }

    private static Change scheduler() {
        return new Property(SiteFiles.YARN, YarnConfiguration.RM_SCHEDULER, SCHEDULERS.get(0));
    }

    private static Change executor() {
        return new Property(SiteFiles.YARN, YarnConfiguration.NM_CONTAINER_EXECUTOR, EXECUTORS.get(0));
    }

    private static Change launcher() {
        return new Property(SiteFiles.YARN, YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, LAUNCHERS.get(0));
    }
}
