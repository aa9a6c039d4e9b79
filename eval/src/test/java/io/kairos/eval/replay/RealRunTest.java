/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.metrics.ApplicationRecord;
import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.mix.Framework;
import io.kairos.workloads.mix.JobTemplate;
import io.kairos.workloads.mix.MixedJob;
import io.kairos.workloads.model.JobClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes stand for the clients of jobs. */
class RealRunTest {
    private static final RunTerms TERMS = new RunTerms("kairos", 1, 3, 2, 4, 5.0, "auto", "default");
    private static final AloneFigures ALONE = new AloneFigures(2, 8, 4, "pi 3");
    private static final String GOOD = "echo result pi 3; echo counters tasks=4 failedTasks=0 executorsLost=0";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> killed = new CopyOnWriteArrayList<>();

    @Test
    void eachJobIsSubmittedAtItsTimeHoweverFarTheOthersAre() throws Exception {
        try (RealRun run = run(null)) {
            Path second = folder.resolve("second");
            // The first one ends only because the second one begins meanwhile.
            List<MixedJob> jobs = List.of(
                    job(1, "while [ ! -e " + second + " ]; do sleep 0.05; done; " + GOOD, 0),
                    job(2, "touch " + second + "; " + GOOD, 0.2));
            RealOutcome outcome = run.execute(jobs, job -> ALONE, status -> {});

            assertThat(outcome.record().tasks()).isEqualTo(new TaskCounts(8, 8, 0, 0));
            assertThat(outcome.record().costs().wastedServiceSeconds()).isEqualTo(0.0);
            assertThat(outcome.record().jobs()).extracting(JobRecord::job).containsExactly("1", "2");
            assertThat(outcome.record().jobs().get(1).submitSeconds()).isGreaterThanOrEqualTo(0.2);
            assertThat(outcome.record().jobs())
                    .extracting(JobRecord::uncontendedSeconds)
                    .containsExactly(2.0, 2.0);
            assertThat(outcome.applications()).allMatch(ApplicationRecord::isUnharmed);
        }
        assertThat(killed).isEmpty();
    }

    @Test
    void anApplicationOutlivesAClientThatDiesAndIsKilledWithTheRun() throws Exception {
        try (RealRun run = run(null)) {
            run.execute(List.of(job(1, "kill -9 $$", 0)), job -> ALONE, status -> {});
            assertThat(killed).isEmpty();
        }
        assertThat(killed).hasSize(1);
    }

    @Test
    void aJobThatCannotBeStartedEndsTheRunInOneLine() throws Exception {
        JobClients refusing = (job, tags) -> {
            throw new IllegalArgumentException("expected a job");
        };
        try (RealRun run = new RealRun(refusing, applications(), TERMS, null, folder)) {
            assertThatThrownBy(() -> run.execute(List.of(job(1, GOOD, 0)), job -> ALONE, status -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("job job-1: expected a job");
        }
    }

    @Test
    void aWrongResultALostExecutorAndAFailedJobAreSeen() throws Exception {
        try (RealRun run = run(null)) {
            List<MixedJob> jobs = List.of(
                    job(1, "echo result pi 4; echo counters tasks=4", 0),
                    job(2, "echo result pi 3; echo counters tasks=4 failedTasks=2 executorsLost=1", 0),
                    job(3, "echo counters tasks=1; exit 3", 0));
            RealOutcome outcome = run.execute(jobs, job -> ALONE, status -> {});

            assertThat(outcome.record().tasks()).isEqualTo(new TaskCounts(12, 9, 2, 1));
            assertThat(outcome.record().costs().wastedServiceSeconds()).isNull();
            assertThat(outcome.record().jobs()).extracting(JobRecord::job).containsExactly("2");
            assertThat(outcome.applications())
                    .extracting(ApplicationRecord::rightResult)
                    .containsExactly(false, true, false);
            assertThat(outcome.applications()).noneMatch(ApplicationRecord::isUnharmed);
        }
    }

    @Test
    void pausesOfAJobsContainersAreFoundInTheDecisionsOfItsApplication() throws Exception {
        Path decisions = Files.createDirectory(folder.resolve("decisions"));
        Path file = decisions.resolve("node.csv");
        Files.writeString(file, "time_ms,node,event\n" + line(System.currentTimeMillis(), "PAUSE", "before"));
        try (RealRun run = run(decisions)) {
            long now = System.currentTimeMillis();
            String written =
                    line(now + 100, "PAUSE", "a") + line(now + 600, "RESUME", "a") + line(now + 700, "PAUSE", "a");
            String ofOthers = line(now + 800, "PAUSE", "b").replace("application_1_1", "application_1_9");
            String end = line(now + 900, "FINISH", "a");
            RealOutcome outcome = run.execute(
                    List.of(job(
                            1,
                            "sleep 0.5; " + append(written + ofOthers, file) + "; (sleep 1; " + append(end, file)
                                    + ") > /dev/null 2>&1 & " + GOOD,
                            0)),
                    job -> ALONE,
                    status -> {});
            assertThat(outcome.applications().get(0).mostPauses()).isEqualTo(2);
            assertThat(outcome.applications().get(0).longestPauseSeconds()).isBetween(0.49, 0.51);
            assertThat(outcome.record().events())
                    .as("up to the last task's end, which comes after the job's")
                    .extracting(EventRecord::kind)
                    .containsExactly(EventKind.PAUSE, EventKind.RESUME, EventKind.PAUSE, EventKind.FINISH);
        }
    }

    @Test
    void aJobAloneTellsWhatItTakes() throws Exception {
        try (RealRun run = run(null)) {
            AloneFigures figures = run.alone(job(1, "sleep 0.2; " + GOOD, 0));
            assertThat(figures.seconds()).isGreaterThan(0.2);
            assertThat(figures.slotSeconds()).isEqualTo(12);
            assertThat(figures.tasks()).isEqualTo(4);
            assertThat(figures.result()).isEqualTo("pi 3");
        }
    }

    @Test
    void aJobThatFailsAloneIsOneLineThatNamesItsLog() throws Exception {
        try (RealRun run = run(null)) {
            assertThatThrownBy(() -> run.alone(job(1, "exit 2", 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("job job-1 alone on the cluster ended with status 2; see "
                            + folder.resolve("001-job-1.log"));
        }
    }

    @Test
    void closingEndsClientsAndKillsTheirApplications() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Path begun = folder.resolve("begun");
        RealRun run = run(null);
        Thread running = new Thread(() -> {
            try {
                run.execute(
                        List.of(job(1, "echo $$ > " + begun + "; exec sleep 600", 0), job(2, GOOD, 3600)),
                        job -> ALONE,
                        status -> {});
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
        });
        running.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(begun) && Files.size(begun) > 1);
        long client = Long.parseLong(Files.readString(begun).strip());
        run.close();
        running.join(30_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(client).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(killed).hasSize(1);
    }

    private static String append(String lines, Path file) {
        return "printf '" + lines.replace("\n", "\\n") + "' >> " + file;
    }

    private RealRun run(@Nullable Path decisions) {
        JobClients clients =
                (job, tags) -> new JobClient(List.of("bash", "-c", job.job().get(0)), Map.of());
        return new RealRun(clients, applications(), TERMS, decisions, folder);
    }

    private Applications applications() {
        return new Applications() {
            private int asked;

            /** Their end is noted only after somebody has asked for it. */
            @Override
            public List<Application> tagged(String tag) {
                asked++;
                return List.of(new Application("application_1_" + tag.replaceFirst(".*-", ""), asked > 1, 12));
            }

            @Override
            public void kill(String tag) {
                killed.add(tag);
            }

            @Override
            public void close() {}
        };
    }

    private static MixedJob job(int id, String script, double submitSeconds) {
        JobTemplate template =
                new JobTemplate("job-" + id, JobClass.SHORT, Framework.SPARK, List.of(), List.of(script), 1);
        return new MixedJob(id, template, submitSeconds);
    }

    private static String line(long time, String event, String container) {
        return time + ",node-1," + event + ",QUANTUM," + container + ",application_1_1,100,,1,0,1,1,0\n";
    }
}
