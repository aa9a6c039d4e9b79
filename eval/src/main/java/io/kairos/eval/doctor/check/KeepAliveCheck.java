/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

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
import java.util.List;
import java.util.Optional;

/** Whether a paused task is heard of often enough for its application not to give it up. */
final class KeepAliveCheck implements Check {
    static final Rule SPARK = Rule.error(
            "spark-drops-paused",
            "A paused executor is silent for longer than Spark's timeout less a heartbeat, and nodes cannot read the jobs' own.",
            "Spark drops the executor and has it killed: its tasks run again, and what it cached is lost. Several drops fail"
                    + " the job.",
            "The property with a shorter interval.");
    static final Rule MAPREDUCE = Rule.error(
            "mapreduce-fails-paused",
            "A paused MapReduce task is silent for longer than mapreduce.task.timeout, and nodes cannot read the jobs' own.",
            "The attempt fails and runs again from its start; four such failures fail the job.",
            "The property with a shorter interval.");
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
        NodePlan plan = new NodePlan(files.daemons(), patient.host());
        Silence silence = Silence.of(plan);
        examineMapReduce(files, silence, notes);
        if (files.spark().value().isPresent()) {
            examineSpark(files, files.spark().value().get(), silence, notes);
        } else {
            notes.unchecked("Spark's timeouts and shuffle", files.spark().whyNot());
        }
        Duration pulse = plan.read(NodeManagerKeys.KEEP_ALIVE_PULSE);
        if (silence.pulsed() && pulse.compareTo(LEAST_PULSE) < 0) {
            String key = NodeManagerKeys.KEEP_ALIVE_PULSE.name();
            notes.found(
                    SHORT_PULSE,
                    files.told(key),
                    new Property(files.fileOf(key).name(), key, NodeManagerKeys.KEEP_ALIVE_PULSE.defaultText()));
        }
    }

    /**
     * How long nothing is heard of a paused task.
     *
     * @param longest empty: for ever
     * @param pulsed whether it is thawed from time to time
     * @param adapts whether nodes read the jobs' own limits, and thaw their tasks often enough for them
     * @param key what says so
     */
    private record Silence(Optional<Duration> longest, boolean pulsed, boolean adapts, String key) {
        static Silence of(NodePlan plan) {
            if (plan.isThrottling()) {
                return new Silence(Optional.of(Duration.ZERO), false, false, NodeManagerKeys.PAUSE_MODE.name());
            }
            Optional<Duration> interval = plan.read(NodeManagerKeys.KEEP_ALIVE_INTERVAL);
            Optional<Duration> most = plan.read(NodeManagerKeys.MAX_PAUSE);
            if (interval.isEmpty()) {
                return new Silence(most, false, false, NodeManagerKeys.KEEP_ALIVE_INTERVAL.name());
            }
            boolean rare = most.isPresent() && most.get().compareTo(interval.get()) < 0;
            return new Silence(
                    rare ? most : interval, true, plan.readsJobs(), NodeManagerKeys.KEEP_ALIVE_INTERVAL.name());
        }

        boolean exceeds(Duration allowed) {
            return !adapts && (longest.isEmpty() || longest.get().compareTo(allowed) > 0);
        }

        String words() {
            return longest.isEmpty()
                    ? "for as long as it is paused"
                    : "for up to " + longest.get().toMillis() + " ms";
        }
    }

    private static void examineMapReduce(SiteFiles files, Silence silence, Notes notes) {
        Duration timeout = Duration.ofMillis(files.tasks().getLong(TASK_TIMEOUT, 600_000));
        Duration report = Duration.ofMillis(files.tasks().getLong(TASK_REPORT, 3_000));
        Duration allowed = timeout.minus(report);
        if (!timeout.isZero() && silence.exceeds(allowed)) {
            notes.found(
                    MAPREDUCE,
                    files.told(silence.key()) + ": nothing is heard of a paused task " + silence.words() + "; "
                            + files.mapred().told(TASK_TIMEOUT, files.tasks()),
                    interval(files, allowed));
        }
    }

    private static void examineSpark(SiteFiles files, SparkDefaults spark, Silence silence, Notes notes) {
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
                    interval(files, allowed));
        }
    }

    private static Property interval(SiteFiles files, Duration allowed) {
        String key = NodeManagerKeys.KEEP_ALIVE_INTERVAL.name();
        long usual = Long.parseLong(NodeManagerKeys.KEEP_ALIVE_INTERVAL.defaultText());
        long interval = Math.max(10, Math.min(usual, allowed.toMillis() / CHANCES));
        return new Property(files.fileOf(key).name(), key, Long.toString(interval));
    }
}
