/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import io.kairos.workloads.replay.ReplayResult.JobResult;
import io.kairos.workloads.replay.ReplayResult.TaskResult;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The replay on a real YARN with the stock CapacityScheduler, with real processes as tasks. */
class ReplayOnYarnTest {

    private static final ReplaySettings SETTINGS =
            ReplaySettings.DEFAULTS.withTaskMemoryMb(128).withHeartbeat(Duration.ofMillis(100));

    private static final ReplaySettings MANAGED =
            SETTINGS.withManagedMaster(true).withMasterMemoryMb(512);

    private static MiniYARNCluster cluster;
    private static YarnClient client;

    @BeforeAll
    static void startYarn() {
        Configuration conf = new YarnConfiguration();
        conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
        conf.setInt(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 100);
        conf.setInt(YarnConfiguration.NM_PMEM_MB, 4096);
        conf.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
        conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
        conf.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
        conf.setLong(YarnConfiguration.DEBUG_NM_DELETE_DELAY_SEC, 0);
        // Logs that wait for their deletion hold up the end of each NodeManager for ten seconds.
        conf.setLong(YarnConfiguration.NM_LOG_RETAIN_SECONDS, 0);
        // Application masters may take all of the cluster.
        conf.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 1.0f);
        cluster = new MiniYARNCluster("replay", 2, 1, 1);
        cluster.init(conf);
        cluster.start();
        client = YarnClient.createYarnClient();
        client.init(cluster.getConfig());
        client.start();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> client.getYarnClusterMetrics().getNumNodeManagers() == 2);
    }

    @AfterAll
    static void stopYarn() {
        client.stop();
        cluster.stop();
    }

    @AfterEach
    void nothingIsLeft() {
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(client.getApplications(EnumSet.of(YarnApplicationState.ACCEPTED, YarnApplicationState.RUNNING)))
                    .isEmpty();
            assertThat(taskProcesses()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("replay-"));
        });
    }

    @Test
    void jobsOfTwoStagesCompleteInOpenLoop() throws Exception {
        Workload workload = workload(4, 0.3, Stage.of(0.2, 0.3, 0.4), Stage.of(0.2, 0.2));

        ReplayResult result = replay(workload, SETTINGS);

        assertAllCompleted(workload, result);
        Map<Integer, JobResult> jobs =
                result.jobs().stream().collect(Collectors.toMap(JobResult::job, Function.identity()));
        for (Job job : workload.jobs()) {
            JobResult outcome = Objects.requireNonNull(jobs.get(job.id()));
            assertThat(outcome.submitted()).isGreaterThanOrEqualTo(job.submitTime());
            assertThat(outcome.completionSeconds()).isGreaterThanOrEqualTo(job.criticalPathSeconds());
            assertThat(startOfStage(result, job, 1)).isGreaterThanOrEqualTo(endOfStage(result, job, 0));
        }
    }

    @Test
    void manyJobsAtATimeCompleteWithFewThreads() throws Exception {
        Workload workload = workload(15, 0.02, Stage.of(0.05, 0.05), Stage.of(0.05));

        assertAllCompleted(workload, replay(workload, SETTINGS));
    }

    @Test
    void closingKillsWhatIsStillRunning() throws Exception {
        CompletableFuture<TaskId> firstStart = new CompletableFuture<>();
        ReplayListener listener = new ReplayListener() {
            @Override
            public void taskStarted(TaskId task, String container, String node, double time) {
                firstStart.complete(task);
            }
        };
        Workload endless = workload(3, 0.1, Stage.of(600, 600));
        CompletableFuture<ReplayResult> result;
        try (Replay replay = Replay.start(cluster.getConfig(), endless, SETTINGS, listener)) {
            result = replay.result();
            firstStart.get(30, TimeUnit.SECONDS);
            await().atMost(10, TimeUnit.SECONDS).until(() -> taskProcesses() > 0);
        }

        assertThatThrownBy(result::get).hasRootCauseInstanceOf(CancellationException.class);
    }

    @Test
    void aTaskThatKeepsDyingFailsItsJobAlone() throws Exception {
        Workload mixed = new Workload("mixed", 0, List.of(job(1, 0, Stage.of(600)), job(2, 0, Stage.of(0.1))));
        try (Replay replay =
                Replay.start(cluster.getConfig(), mixed, SETTINGS.withAttemptsPerTask(2), ReplayListener.NONE)) {
            CompletableFuture<ReplayResult> outcome = replay.result();
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                tasks("600000").forEach(ProcessHandle::destroyForcibly);
                return outcome.isDone();
            });
            ReplayResult result = outcome.get();
            assertThat(result.failedJobs()).isEqualTo(1);
            assertThat(result.killed()).isEqualTo(2);
            assertThat(result.completed()).isEqualTo(1);
            assertThat(result.jobs())
                    .filteredOn(JobResult::failed)
                    .singleElement()
                    .satisfies(job -> assertThat(job.diagnostics()).contains("1.0.0", "KILLED", "2 attempts"));
        }
    }

    @Test
    void aQueueThatDoesNotExistFailsTheJobs() throws Exception {
        ReplayResult result = replay(workload(2, 0.1, Stage.of(0.1)), SETTINGS.withQueue("nowhere"));

        assertThat(result.failedJobs()).isEqualTo(2);
        assertThat(result.jobs())
                .allSatisfy(job -> assertThat(job.diagnostics()).contains("nowhere"));
    }

    @Test
    void jobsWithMastersInContainersComplete() throws Exception {
        Workload workload = workload(2, 0.2, Stage.of(0.1, 0.2), Stage.of(0.1));

        ReplayResult result = replay(workload, MANAGED);

        assertAllCompleted(workload, result);
        assertThat(result.jobs())
                .allSatisfy(job -> assertThat(job.completionSeconds()).isGreaterThan(0.3));
    }

    @Test
    void aJobFailsWithItsMaster() throws Exception {
        try (Replay replay =
                Replay.start(cluster.getConfig(), workload(1, 1, Stage.of(600, 600)), MANAGED, ReplayListener.NONE)) {
            await().atMost(60, TimeUnit.SECONDS).until(() -> taskProcesses() > 0);
            processes("java.args").forEach(ProcessHandle::destroyForcibly);

            ReplayResult result = replay.result().get(60, TimeUnit.SECONDS);
            assertThat(result.jobs()).singleElement().satisfies(job -> assertThat(job.diagnostics())
                    .contains("ended before its job did"));
            assertThat(result.completed()).isZero();
            assertThat(result.killed()).isEqualTo(result.submitted()).isPositive();
        }
    }

    private static ReplayResult replay(Workload workload, ReplaySettings settings) throws Exception {
        try (Replay replay = Replay.start(cluster.getConfig(), workload, settings, ReplayListener.NONE)) {
            return replay.result().get(90, TimeUnit.SECONDS);
        }
    }

    private static void assertAllCompleted(Workload workload, ReplayResult result) {
        assertThat(result.jobs()).hasSize(workload.jobs().size()).noneMatch(JobResult::failed);
        assertThat(result.tasks()).allSatisfy(task -> {
            assertThat(task.end()).isEqualTo(TaskEnd.COMPLETED);
            assertThat(task.exitStatus()).isZero();
            assertThat(task.allocated()).isLessThanOrEqualTo(task.started());
            assertThat(task.started()).isLessThanOrEqualTo(task.ended());
        });
        assertThat(result.submitted()).isEqualTo(workload.taskCount());
        assertThat(result.completed()).isEqualTo(workload.taskCount());
    }

    private static Workload workload(int jobs, double gap, Stage... stages) {
        return new Workload(
                "test",
                0,
                IntStream.rangeClosed(1, jobs)
                        .mapToObj(id -> job(id, (id - 1) * gap, stages))
                        .toList());
    }

    private static Job job(int id, double submitTime, Stage... stages) {
        return new Job(id, "job-" + id, submitTime, JobClass.SHORT, List.of(stages));
    }

    private static double startOfStage(ReplayResult result, Job job, int stage) {
        return stage(result, job, stage)
                .mapToDouble(TaskResult::allocated)
                .min()
                .orElseThrow();
    }

    private static double endOfStage(ReplayResult result, Job job, int stage) {
        return stage(result, job, stage).mapToDouble(TaskResult::ended).max().orElseThrow();
    }

    private static Stream<TaskResult> stage(ReplayResult result, Job job, int stage) {
        return result.tasks().stream()
                .filter(task -> task.task().job() == job.id() && task.task().stage() == stage);
    }

    private static long taskProcesses() {
        return tasks("").count();
    }

    private static Stream<ProcessHandle> tasks(String argument) {
        return processes("emulated-task.sh " + argument);
    }

    private static Stream<ProcessHandle> processes(String part) {
        return ProcessHandle.current().descendants().filter(process -> process.info()
                .commandLine()
                .filter(line -> line.contains(part))
                .isPresent());
    }
}
