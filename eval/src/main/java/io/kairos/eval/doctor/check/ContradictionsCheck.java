/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Values that are allowed each, and do not go together. */
final class ContradictionsCheck implements Check {
    static final Rule PULSE = Rule.error(
            "keep-alive-pulse-too-long",
            "The keep-alive pulse is not shorter than its interval.",
            "The NodeManager does not start; one that runs refuses all changes of the file.",
            "The property with a shorter pulse.");
    static final Rule NO_QUEUE = Rule.warning(
            "queue-bound-zero",
            "Q is 0, and the mode is enforce.",
            "No node takes a task beyond its slots, so none is ever paused: short jobs wait behind long ones as before.",
            "The property with the default.");
    static final Rule CPU = Rule.warning(
            "cpu-service-without-max-pause",
            "Attained service is CPU time, and no longest pause is set.",
            "A task that waits for input attains nothing and is never the one to give way: paused ones wait behind it without"
                    + " end though its processor idles.",
            "The property with a longest pause.");
    static final Rule EXPIRY = Rule.warning(
            "report-interval-beyond-expiry",
            "Nodes report no more often than their reports expire.",
            "What a node said has expired when the next report comes: the tie-break knows nothing most of the time.",
            "The property with five intervals.");
    static final Rule FIXED = Rule.warning(
            "node-mode-fixed",
            "A node has a mode of its own, other than the ResourceManager's.",
            "It does not follow when the cluster is switched: meant for trying one node alone.",
            "Take it out.");
    static final Rule QUANTUM = Rule.warning(
            "quantum-short",
            "The quantum is less than 20 times what a pause and a resume cost.",
            "The node spends its time on pausing: through Docker 17 ms at the median and over 100 ms on a busy node, by signals"
                    + " or freezer about one.",
            "The property with a longer quantum.");
    static final Rule MAX_PAUSE = Rule.warning(
            "max-pause-short",
            "The longest pause is shorter than the quantum.",
            "Every paused task is owed a slot before a running one has used its quantum: tasks take turns, and short ones gain"
                    + " nothing.",
            "The property with a longer pause.");

    private static final Duration LEAST_QUANTUM = Duration.ofMillis(100);
    private static final Duration LEAST_DOCKER_QUANTUM = Duration.ofSeconds(2);
    private static final int PULSES_AN_INTERVAL = 10;

    @Override
    public String subject() {
        return "values together";
    }

    @Override
    public List<Rule> rules() {
        return List.of(PULSE, NO_QUEUE, CPU, EXPIRY, FIXED, QUANTUM, MAX_PAUSE);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        Examination examination = new Examination(patient.files(), patient.plan(), notes);
        examination.times();
        examination.queueBound();
        examination.service();
        examination.reports();
        examination.mode();
    }

    private record Examination(SiteFiles files, NodePlan plan, Notes notes) {
        void times() {
            Optional<Duration> interval = plan.read(NodeManagerKeys.KEEP_ALIVE_INTERVAL);
            Duration pulse = plan.read(NodeManagerKeys.KEEP_ALIVE_PULSE);
            if (!plan.isThrottling()
                    && interval.filter(every -> pulse.compareTo(every) >= 0).isPresent()) {
                long usual = Long.parseLong(NodeManagerKeys.KEEP_ALIVE_PULSE.defaultText());
                long shorter = Math.max(1, interval.get().toMillis() / PULSES_AN_INTERVAL);
                set(
                        PULSE,
                        NodeManagerKeys.KEEP_ALIVE_PULSE,
                        ", the interval " + interval.get().toMillis(),
                        Long.toString(Math.min(usual, shorter)));
            }
            Duration quantum = plan.read(NodeManagerKeys.QUANTUM);
            Duration least = throughEngine() ? LEAST_DOCKER_QUANTUM : LEAST_QUANTUM;
            if (quantum.compareTo(least) < 0) {
                set(QUANTUM, NodeManagerKeys.QUANTUM, "", Long.toString(least.toMillis()));
            }
            if (plan.read(NodeManagerKeys.MAX_PAUSE)
                    .filter(most -> most.compareTo(quantum) < 0)
                    .isPresent()) {
                set(MAX_PAUSE, NodeManagerKeys.MAX_PAUSE, ", the quantum " + quantum.toMillis(), "60000");
            }
        }

        private boolean throughEngine() {
            return plan.usesDocker() && plan.read(NodeManagerKeys.PAUSER).equals("docker");
        }

        void queueBound() {
            if (plan.queueBound() == 0 && plan.read(ResourceManagerKeys.MODE).equals("enforce")) {
                Key<?> key = files.isSet(NodeManagerKeys.QUEUE_BOUND.name())
                        ? NodeManagerKeys.QUEUE_BOUND
                        : ResourceManagerKeys.QUEUE_BOUND;
                set(NO_QUEUE, key, "", ResourceManagerKeys.QUEUE_BOUND.defaultText());
            }
        }

        void service() {
            if (plan.read(NodeManagerKeys.ATTAINED_SERVICE).equals("cpu")
                    && plan.read(NodeManagerKeys.MAX_PAUSE).isEmpty()) {
                String key = NodeManagerKeys.MAX_PAUSE.name();
                notes.found(
                        CPU,
                        files.told(NodeManagerKeys.ATTAINED_SERVICE.name()) + ", " + key + " is off",
                        Mend.to(files, key, "60000"));
            }
        }

        void reports() {
            Duration interval = plan.read(NodeManagerKeys.REPORT_INTERVAL);
            Duration expiry = plan.read(ResourceManagerKeys.REPORT_EXPIRY);
            if (interval.compareTo(expiry) >= 0) {
                String key = ResourceManagerKeys.REPORT_EXPIRY.name();
                notes.found(
                        EXPIRY,
                        files.told(NodeManagerKeys.REPORT_INTERVAL.name()) + ", " + key + " is " + expiry.toMillis(),
                        Mend.to(files, key, interval.multipliedBy(5).toMillis()));
            }
        }

        void mode() {
            String own = plan.read(NodeManagerKeys.MODE);
            String central = plan.read(ResourceManagerKeys.MODE);
            if (plan.isNode() && plan.isCentral() && !own.equals("follow") && !own.equals(central)) {
                String key = NodeManagerKeys.MODE.name();
                notes.found(FIXED, files.told(key) + ", the ResourceManager's is " + central, Mend.without(files, key));
            }
        }

        private void set(Rule rule, Key<?> key, String more, String value) {
            notes.found(rule, files.told(key.name()) + more, Mend.to(files, key.name(), value));
        }
    }
}
