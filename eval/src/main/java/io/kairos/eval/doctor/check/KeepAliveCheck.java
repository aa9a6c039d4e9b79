/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.SparkLine;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.doctor.site.SparkDefaults;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a paused task is heard of often enough for its application not to give it up. */
final class KeepAliveCheck implements Check {
    static final Rule SPARK = Rule.error(
            "spark-drops-paused",
            "A paused executor is silent for longer than Spark's timeout less a heartbeat.",
            "Spark drops the executor and has it killed: its tasks run again, and what it cached is lost. Several drops fail"
                    + " the job.",
            "A shorter interval, and a pulse short enough for it.");
    static final Rule MAPREDUCE = Rule.error(
            "mapreduce-fails-paused",
            "A paused MapReduce task is silent for longer than mapreduce.task.timeout.",
            "The attempt fails and runs again from its start; four such failures fail the job.",
            "A shorter interval, and a pulse short enough for it.");
    static final Rule SHORT_PULSE = Rule.warning(
            "keep-alive-pulse-short",
            "The keep-alive pulse is shorter than 50 ms.",
            "On a busy node a heartbeat takes that long to go out: pulses are missed.",
            "The property with the default.");
    static final Rule SPARK_TIMES = Rule.error(
            "spark-timeouts-contradict",
            "Spark's timeout is not above the interval of its executors' heartbeats.",
            "Spark refuses to start, or drops executors that are well.",
            "The line of spark-defaults.conf with Spark's own timeout.");

    private static final String NETWORK = "spark.network.timeout";
    private static final String MANAGER = "spark.storage.blockManagerHeartbeatTimeoutMs";
    private static final String HEARTBEAT = "spark.executor.heartbeatInterval";
    private static final String TASK_TIMEOUT = "mapreduce.task.timeout";
    private static final String TASK_REPORT = "mapreduce.task.progress-report.interval";
    private static final Duration LEAST_PULSE = Duration.ofMillis(50);

    /** Three pulses in a row may be missed. */
    private static final int CHANCES = 3;

    private static final int PULSES_APART = 10;
    private static final long LEAST_INTERVAL_MS = 100;

    @Override
    public String subject() {
        return "heartbeats of paused tasks";
    }

    @Override
    public List<Rule> rules() {
        return List.of(SPARK, MAPREDUCE, SHORT_PULSE, SPARK_TIMES);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        Silence silence = Silence.of(plan);
        Duration pulse = plan.read(NodeManagerKeys.KEEP_ALIVE_PULSE);
        examineMapReduce(files, silence, pulse, notes);
        if (files.spark().value().isPresent()) {
            examineSpark(files, files.spark().value().get(), silence, pulse, notes);
        } else {
            notes.unchecked("Spark's timeouts and shuffle", files.spark().whyNot());
        }
        if (silence.pulsed() && pulse.compareTo(LEAST_PULSE) < 0) {
            String key = NodeManagerKeys.KEEP_ALIVE_PULSE.name();
            notes.found(
                    SHORT_PULSE, files.told(key), Mend.to(files, key, NodeManagerKeys.KEEP_ALIVE_PULSE.defaultText()));
        }
    }

    /**
     * How long nothing is heard of a paused task.
     *
     * @param longest empty: for ever
     * @param pulsed whether it is thawed from time to time
     * @param key what says so
     */
    private record Silence(Optional<Duration> longest, boolean pulsed, String key) {
        static Silence of(NodePlan plan) {
            if (plan.isThrottling()) {
                return new Silence(Optional.of(Duration.ZERO), false, NodeManagerKeys.PAUSE_MODE.name());
            }
            Optional<Duration> interval = plan.read(NodeManagerKeys.KEEP_ALIVE_INTERVAL);
            Optional<Duration> most = plan.read(NodeManagerKeys.MAX_PAUSE);
            if (interval.isEmpty()) {
                return new Silence(most, false, NodeManagerKeys.KEEP_ALIVE_INTERVAL.name());
            }
            Optional<Duration> longest = shorter(interval, most);
            if (plan.readsJobs()) {
                // Nodes thaw tasks as often as jobs take it, so that these run for a tenth of their pause at most.
                longest = shorter(
                        longest,
                        Optional.of(plan.read(NodeManagerKeys.KEEP_ALIVE_PULSE).multipliedBy(PULSES_APART)));
            }
            return new Silence(longest, true, NodeManagerKeys.KEEP_ALIVE_INTERVAL.name());
        }

        private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> other) {
            return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
        }

        boolean exceeds(Duration allowed) {
            return longest.isEmpty() || longest.get().compareTo(allowed) > 0;
        }

        String words() {
            return longest.isEmpty()
                    ? "for as long as it is paused"
                    : "for up to " + longest.get().toMillis() + " ms";
        }
    }

    private static void examineMapReduce(SiteFiles files, Silence silence, Duration pulse, Notes notes) {
        Duration timeout = Duration.ofMillis(NodePlan.number(TASK_TIMEOUT, 600_000, files.tasks()));
        Duration report = Duration.ofMillis(NodePlan.number(TASK_REPORT, 3_000, files.tasks()));
        Duration allowed = timeout.minus(report);
        // 0 and below: no limit.
        if (timeout.compareTo(Duration.ZERO) > 0 && silence.exceeds(allowed)) {
            notes.found(
                    MAPREDUCE,
                    files.told(silence.key()) + ": nothing is heard of a paused task " + silence.words() + "; "
                            + files.mapred().told(TASK_TIMEOUT, files.tasks()),
                    interval(files, pulse, allowed));
        }
    }

    private static void examineSpark(
            SiteFiles files, SparkDefaults spark, Silence silence, Duration pulse, Notes notes) {
        String key = spark.isSet(MANAGER) ? MANAGER : NETWORK;
        String otherwise = "120s";
        Optional<Duration> timeout =
                spark.isSet(MANAGER) ? spark.time(MANAGER, otherwise, "ms") : spark.time(NETWORK, otherwise, "s");
        Optional<Duration> heartbeat = spark.time(HEARTBEAT, "10s", "ms");
        if (timeout.isEmpty() || heartbeat.isEmpty()) {
            notes.unchecked(
                    "Spark's timeouts", spark.told(timeout.isEmpty() ? key : HEARTBEAT, "") + ", which is no time");
            return;
        }
        Duration allowed = timeout.get().minus(heartbeat.get());
        if (allowed.isNegative() || allowed.isZero()) {
            notes.found(
                    SPARK_TIMES,
                    spark.told(key, otherwise) + ", " + HEARTBEAT + " is '" + spark.get(HEARTBEAT, "10s") + "'",
                    new SparkLine(
                            spark.name(), key, heartbeat.get().multipliedBy(12).toMillis() + "ms"));
        } else if (silence.exceeds(allowed)) {
            notes.found(
                    SPARK,
                    files.told(silence.key()) + ": nothing is heard of a paused task " + silence.words() + "; "
                            + spark.told(key, otherwise) + ", " + HEARTBEAT + " " + spark.get(HEARTBEAT, "10s"),
                    interval(files, pulse, allowed));
        }
    }

    /** An interval that gives several chances, and a pulse so short that nodes keep it. */
    private static Change[] interval(SiteFiles files, Duration pulse, Duration allowed) {
        long usual = Long.parseLong(NodeManagerKeys.KEEP_ALIVE_INTERVAL.defaultText());
        long interval = Math.max(LEAST_INTERVAL_MS, Math.min(usual, allowed.toMillis() / CHANCES));
        Property seldom = Mend.to(files, NodeManagerKeys.KEEP_ALIVE_INTERVAL.name(), interval);
        long longestPulse = Math.max(1, Math.min(interval / 2, allowed.toMillis() / PULSES_APART));
        return pulse.toMillis() <= longestPulse
                ? new Change[] {seldom}
                : new Change[] {seldom, Mend.to(files, NodeManagerKeys.KEEP_ALIVE_PULSE.name(), longestPulse)};
    }
}
