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
import io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfiguration;

/** Settings of stock YARN that do not go with Kairos, or have no effect beside it. */
final class StockSettingsCheck implements Check {
    static final Rule QUEUE_ON_NODE = Rule.error(
            "opportunistic-queue",
            "A NodeManager has YARN's own queue of containers.",
            "The NodeManager does not start: with a queue YARN holds tasks back by arrival and resumes paused ones at will.",
            "The property with YARN's default.");
    static final Rule LINUX_WITHOUT_DOCKER = Rule.warning(
            "linux-executor-without-docker",
            "KairosLinuxContainerExecutor is set, and YARN's Docker runtime is not allowed.",
            "That executor pauses Docker containers alone: without them nothing is ever paused.",
            "The property that allows the runtime.");
    static final Rule PREEMPTION = Rule.advice(
            "yarn-preempts-too",
            "YARN's own preemption between queues is on.",
            "It kills tasks of queues above their share, and what they have attained is lost; Kairos pauses instead.",
            "The property that switches it off.");
    static final Rule SWITCHED_OFF = Rule.advice(
            "stock-setting-ignored",
            "Asynchronous scheduling or multi-node placement is switched on.",
            "Kairos switches it off and chooses the nodes itself; who reads the file is misled.",
            "Take it out.");
    static final Rule LOCALITY_DELAY = Rule.advice(
            "locality-delay",
            "A delay for locality is set.",
            "It counts tries, and Kairos makes thousands a second: it is used up at once, or bends the rule of fewest"
                    + " tasks. Without it a host that an ask names comes first while it has a free slot.",
            "Take it out.");

    static final Rule NO_NUMBER = Rule.error(
            "number-malformed",
            "A key of Hadoop's that takes a number has something else.",
            "The daemon or the task that reads it does not start.",
            "The property with Hadoop's default.");

    private static final String DOCKER = "docker";

    /** Those that other checks reckon with, and what Hadoop has where they are not set. */
    private static final Map<String, String> NUMBERS = new TreeMap<>(Map.of(
            YarnConfiguration.NM_PMEM_MB,
            "8192",
            YarnConfiguration.NM_VCORES,
            "8",
            YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB,
            "1024",
            "mapreduce.map.memory.mb",
            "1024",
            "mapreduce.reduce.memory.mb",
            "1024",
            "yarn.app.mapreduce.am.resource.mb",
            "1536",
            "mapreduce.task.timeout",
            "600000",
            YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH,
            "0"));

    @Override
    public String subject() {
        return "stock settings";
    }

    @Override
    public List<Rule> rules() {
        return List.of(QUEUE_ON_NODE, LINUX_WITHOUT_DOCKER, PREEMPTION, SWITCHED_OFF, LOCALITY_DELAY, NO_NUMBER);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        NUMBERS.forEach((key, usual) -> examineNumber(files, key, usual, notes));
        if (plan.isNode()) {
            examineNode(files, plan, notes);
        }
        if (plan.isCentral()) {
            examineCentral(files, notes);
        }
    }

    private static void examineNumber(SiteFiles files, String key, String usual, Notes notes) {
        boolean ofTasks = key.startsWith("yarn.app.") || key.startsWith("mapreduce.");
        SiteFile file = ofTasks ? files.mapred() : files.fileOf(key);
        Configuration read = ofTasks ? files.tasks() : files.daemons();
        // What is malformed counts as whatever is asked for.
        if (read.get(key) != null && NodePlan.number(key, 0, read) != NodePlan.number(key, 1, read)) {
            notes.found(NO_NUMBER, file.told(key, read), new Property(file.name(), key, usual));
        }
    }

    private static void examineNode(SiteFiles files, NodePlan plan, Notes notes) {
        String length = YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH;
        if (NodePlan.number(length, 0, files.daemons()) > 0) {
            notes.found(QUEUE_ON_NODE, files.told(length), Mend.to(files, length, "0"));
        }
        String policy = YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_QUEUE_POLICY;
        if (files.daemons().getTrimmed(policy, "").equals("BY_RESOURCES")) {
            notes.found(QUEUE_ON_NODE, files.told(policy), Mend.to(files, policy, "BY_QUEUE_LEN"));
        }
        String runtimes = YarnConfiguration.LINUX_CONTAINER_RUNTIME_ALLOWED_RUNTIMES;
        List<String> allowed = List.of(files.daemons().getTrimmedStrings(runtimes));
        if (plan.executor().equals(KairosLinuxContainerExecutor.class.getName()) && !allowed.contains(DOCKER)) {
            String more = allowed.isEmpty() ? DOCKER : String.join(",", allowed) + "," + DOCKER;
            notes.found(LINUX_WITHOUT_DOCKER, files.told(runtimes), Mend.to(files, runtimes, more));
        }
    }

    private static void examineCentral(SiteFiles files, Notes notes) {
        String monitor = YarnConfiguration.RM_SCHEDULER_ENABLE_MONITORS;
        if (files.daemons().getBoolean(monitor, false)) {
            notes.found(PREEMPTION, files.told(monitor), Mend.to(files, monitor, "false"));
        }
        for (SiteFile file : List.of(files.yarn(), files.core(), files.queues())) {
            for (String key : List.of(
                    CapacitySchedulerConfiguration.SCHEDULE_ASYNCHRONOUSLY_ENABLE,
                    CapacitySchedulerConfiguration.MULTI_NODE_PLACEMENT_ENABLED)) {
                if (file.value(key).equals("true")) {
                    notes.found(SWITCHED_OFF, file.told(key, files.scheduler()), new Removal(file.name(), key));
                }
            }
            String delay = CapacitySchedulerConfiguration.NODE_LOCALITY_DELAY;
            if (!List.of("", "0").contains(file.value(delay))) {
                notes.found(LOCALITY_DELAY, file.told(delay, files.scheduler()), new Removal(file.name(), delay));
            }
        }
    }
}
