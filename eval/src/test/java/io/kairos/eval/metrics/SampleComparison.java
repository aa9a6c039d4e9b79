/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import io.kairos.workloads.model.JobClass;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A comparison that looks like a real one: heavy-tailed jobs, some pauses, four nodes. The same for each seed. */
public final class SampleComparison {
    private static final int NODES = 4;
    private static final int SLOTS = 4;

    private SampleComparison() {}

    /** A comparison of these schedulers; the first one is the slowest for short jobs. */
    public static Comparison of(String... schedulers) {
        List<RunRecord> runs = new ArrayList<>();
        for (int i = 0; i < schedulers.length; i++) {
            runs.add(run(schedulers[i], i));
        }
        WorkloadSummary workload = new WorkloadSummary("paper", 100, 600, 7L, 1722.5);
        return Comparison.of(workload, "2 processors, 6 GiB, Linux 6.1 amd64, Java 17.0.15", runs);
    }

    private static RunRecord run(String scheduler, int index) {
        SplittableRandom random = new SplittableRandom(7);
        List<JobRecord> jobs = new ArrayList<>();
        List<EventRecord> events = new ArrayList<>();
        for (int job = 1; job <= 100; job++) {
            boolean isLong = job % 20 == 5;
            double alone = isLong ? 12 + random.nextDouble(9) : 0.4 + random.nextDouble(1.6);
            double submitted = job * 1.2 + random.nextDouble(0.4);
            double wait = random.nextDouble(isLong ? 20 : 40) / (1 + 4 * index * (isLong ? 0 : 1));
            double finished = submitted + alone + wait;
            jobs.add(new JobRecord(
                    "job-" + job,
                    isLong ? JobClass.LONG : JobClass.SHORT,
                    isLong ? 16 : 6,
                    isLong ? 150 : 9,
                    alone,
                    submitted,
                    finished));
            for (int task = 0; task < (isLong ? 8 : 2); task++) {
                String id = "container_" + job + "_" + task;
                addTask(
                        events,
                        "node-" + (1 + (job + task) % NODES),
                        id,
                        finished - alone,
                        finished,
                        index > 0 && isLong);
            }
        }
        int tasks = 600;
        return new RunRecord(
                scheduler,
                7,
                ClusterSize.alike(NODES, SLOTS),
                index == 0 ? null : 4,
                index == 0 ? null : 0.75,
                index == 0 ? null : "cgroup",
                "docker",
                jobs,
                events,
                new TaskCounts(tasks, tasks, 0, 0),
                new RunCosts(0.0, 151.2, null, null));
    }

    private static void addTask(
            List<EventRecord> events, String node, String task, double begin, double end, boolean paused) {
        events.add(EventRecord.of(begin, node, EventKind.PLACE, task));
        events.add(EventRecord.of(begin, node, EventKind.LAUNCH, task));
        if (paused) {
            events.add(new EventRecord(
                    begin + 1, node, EventKind.PAUSE, "ARRIVAL", "5", task, 1.0, "container_x", 4, 1, 0));
            events.add(EventRecord.of((begin + end) / 2, node, EventKind.RESUME, task));
        }
        events.add(EventRecord.of(end, node, EventKind.FINISH, task));
    }
}
