/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.demo.DemoSettings;
import io.kairos.eval.demo.SchedulerRun;
import io.kairos.eval.files.FolderLock;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.ClusterSize;
import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.SampleComparison;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.eval.replay.RunStatus;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<DemoSettings> settings = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private Workload lastWorkload =
            new Workload("none", 0, List.of(new Job(1, "none", 0, JobClass.SHORT, List.of(Stage.of(1)))));
    private int killed;
    private int retried;
    private @Nullable IOException failure;

    /** Ends each job a second after its submission. */
    private final class FakeRun implements SchedulerRun {
        private final SchedulerKind scheduler;
        private final DemoSettings settings;
        private final Workload workload;

        FakeRun(SchedulerKind scheduler, DemoSettings settings, Workload workload) {
            this.scheduler = scheduler;
            this.settings = settings;
            this.workload = workload;
        }

        @Override
        public RunRecord execute(Consumer<RunStatus> progress) throws IOException {
            if (failure != null) {
                throw failure;
            }
            CommandLineTest.this.settings.add(settings);
            ran.add(scheduler.label() + " " + workload.name());
            lastWorkload = workload;
            progress.accept(new RunStatus(1, workload.jobs().size(), 3, 2, 1, 5));
            List<JobRecord> jobs = workload.jobs().stream()
                    .map(job -> new JobRecord(
                            job.name(),
                            job.jobClass(),
                            job.taskCount(),
                            job.serviceSeconds(),
                            job.uncontendedSeconds(4),
                            job.submitTime(),
                            job.submitTime() + 1))
                    .toList();
            int tasks = workload.taskCount();
            return new RunRecord(
                    scheduler.label(),
                    settings.seed(),
                    ClusterSize.alike(settings.nodes(), settings.slots()),
                    null,
                    null,
                    null,
                    null,
                    jobs,
                    List.of(EventRecord.of(0, "node-1", EventKind.PLACE, "a")),
                    new TaskCounts(tasks, tasks - killed, retried, killed),
                    RunCosts.UNKNOWN);
        }

        @Override
        public void close() {}
    }

    private int execute(String... arguments) {
        Console console =
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        return KairosCommand.commandLine(FakeRun::new, console).execute(arguments);
    }

    private String errors() {
        return err.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                                | expected a command, one of demo, simulate, replay, experiment, bench, report, cluster, run, status, top, why, doctor, workload
            nope                              | unknown: 'nope', expected one of demo, simulate, replay, experiment, bench, report, cluster, run, status, top, why, doctor, workload
            cluster                           | expected a command, one of up, status, stop, start, down
            cluster up --nodes 0              | --nodes 0: expected a whole number from 1 to 64
            cluster up --hadoop 2.7           | --hadoop: Hadoop '2.7' is unknown: expected one of 3.5.0, 3.4.3
            run                               | expected a command, one of spark, mapreduce, hadoop
            demo --wrong                      | '--wrong'
            demo --nodes                      | --nodes
            demo --nodes 0                    | --nodes 0: expected a whole number from 1 to 64
            demo --nodes -3                   | --nodes -3: expected a whole number from 1 to 64
            demo --nodes 99999999999          | expected a whole number, got '99999999999'
            demo --nodes two                  | expected a whole number, got 'two'
            demo --slots 0                    | --slots 0: expected a whole number from 1
            demo --queue-bound -1             | --queue-bound -1: expected a whole number from 0
            demo --quantum NaN                | --quantum NaN: expected a number
            demo --quantum -1                 | --quantum -1.0: expected a number
            demo --quantum Infinity           | --quantum Infinity: expected a number
            demo --load NaN                   | load: NaN, expected
            demo --load -1                    | load: -1.0, expected
            demo --scale 0                    | --scale 0.0: expected a number from 0.000001 to 10000
            demo --scale NaN                  | --scale NaN: expected a number
            demo --scale 0.0001               | the default for --scale 1.0E-4: 0.005: expected a number from 0.01 to 86400
            demo --scale 10000                | the default for --scale 10000.0: 500000.0: expected a number from 0.01
            demo --quantum 0.001              | --quantum 0.001: expected a number from 0.01 to 86400
            demo --managed-am --jobs 5000     | --managed-am with 5000 jobs: expected at most 4000
            demo --jobs 5 --trace tr:x        | --jobs and --trace: expected one of the two
            demo --load 1 --trace tr:x        | --load and --trace: expected one of the two
            demo --scale 0 --trace tr:x       | --scale 0.0: expected a number
            demo --out a,b                    | a,b' cannot be used by YARN: expected a path of letters, digits
            demo --jobs 0                     | jobs: 0, expected
            demo --jobs 2000000000            | jobs: 2000000000, expected
            demo --seed x                     | expected a whole number, got 'x'
            demo --pauser wish                | --pauser wish: expected one of auto, cgroup, signal
            demo --schedulers lottery         | 'lottery' is unknown: expected one of fifo, capacity, fair, kairos
            demo --schedulers fifo,fifo       | --schedulers fifo,fifo: expected each name once
            demo --workload normal            | unknown workload 'normal', expected one of paper
            demo --trace tr                   | trace 'tr': expected FORMAT:PATH
            demo --trace tr:/no/such/file     | /no/such/file: no such file
            demo --workload paper --trace tr:x | --workload and --trace: expected one of the two
            demo --out /dev/null/x            | --out /dev/null/x: expected a folder
            demo --out OUT --json /no/such/dir/x.json | --json /no/such/dir/x.json: expected a file
            simulate --policy lottery         | --policy: unknown policy 'lottery': expected one of big-c, capacity
            simulate --policy eagle --node-failures 900 | --policy: policy 'eagle' knows no node failures
            simulate --node-failures 0        | --node-failures 0.0: expected a number from 1
            simulate --node-groups 4x         | --node-groups: '4x': expected COUNTxSLOTS or COUNTxSLOTS@SPEED
            simulate --node-groups 4x4@0      | --node-groups: speed must be 0.01 to 100.0, was 0.0
            simulate --node-groups 4x4 --nodes 3 | --node-groups and --nodes or --slots: expected one of the two
            simulate --node-groups 9000x256   | --node-groups 9000x256: slots 2304000: expected a whole number
            simulate --out /dev/null/x        | --out /dev/null/x: expected a folder
            simulate --policy fifo,fifo       | --policy fifo,fifo: expected each name once
            simulate --policy kairos:tie=x    | --policy: unknown tie-break 'x': expected one of variance
            simulate --nodes 0                | --nodes 0: expected a whole number from 1 to 1000000
            simulate --seeds 0                | --seeds 0: expected a whole number from 1
            simulate --quantum NaN            | --quantum NaN: expected a number
            simulate --short-reserved 100     | --short-reserved 100.0: expected a number from 0 to 99
            simulate --preemption-cost 60     | --preemption-cost 60.0: expected less than the quantum of 50.0 s
            simulate --nodes 5000 --slots 256 | --nodes 5000 with --slots 256: slots 1280000: expected a whole number
            simulate --cutoff 1e9             | --cutoff 1.0E9: expected a number
            simulate --cutoff -1              | --cutoff -1.0: expected a number
            simulate --network-delay -1       | --network-delay -1.0: expected a number from 0
            simulate --trace tr:/no/such/file | /no/such/file: no such file
            simulate --json /no/such/dir/x    | --json /no/such/dir/x: expected a file
            experiment theory --seeds 1       | --seeds 1: expected a whole number from 2
            bench                             | expected a command, one of placement, node, rm, reports, sls, simulator
            bench sleep                       | unknown: 'sleep', expected one of placement, node, rm
            bench node --nodes 10             | '--nodes'
            bench sls --docker                | '--docker'
            bench sls --nodes 0               | --nodes 0: expected a whole number from 1 to 20000
            bench sls --rounds 0              | --rounds 0: expected a whole number from 1
            bench rm --nodes 0                | --nodes 0: expected a whole number from 1 to 20000
            bench rm --nodes 10,x             | expected a whole number, got 'x'
            bench rm --rounds 2               | --rounds 2: expected a whole number from 3
            bench rm --schedulers kairos,sjf  | --schedulers: unknown scheduler 'sjf', expected one of kairos, kairos-job, capacity
            bench simulator --trace tr:/none  | /none: no such file
            report                            | DIR
            report /no/such/folder            | /no/such/folder: expected the folder of a run
            replay                            | --conf cluster-out/conf: expected a folder with the cluster's yarn-site.xml
            replay --conf /no/such/folder     | --conf /no/such/folder: expected a folder with the cluster's yarn-site.xml
            replay --gap -1                   | --gap -1.0: expected a number from 0 to 86400
            replay --mix /no/such/file        | --mix /no/such/file: no such file
            replay --mix mixed --trace tr:x   | --mix with --workload or --trace: expected one of them
            replay --gap 3                    | --gap without --mix: expected it with real jobs only
            replay --mix mixed --load 1       | --load with --mix: expected it with emulated jobs only
            replay --mix mixed --scale 1      | --scale with --mix: expected it with emulated jobs only
            replay --mix mixed --jobs 0       | --jobs 0: expected a whole number from 1 to 10000
            status --rm host                  | --rm 'host': expected the web address of a ResourceManager, as in http://host:8088
            status --conf /no/such/folder     | --conf /no/such/folder: expected a folder with the cluster's yarn-site.xml
            status --conf a --rm http://a:1   | --rm and --conf: expected one of them
            top --count 0                     | --count 0: expected a whole number from 1
            why                               | ID
            why job_1                         | 'job_1': expected an id as container_1700000000000_0001_01_000002 or
            workload                          | expected a command, one of list, generate, stats, convert
            workload stats --slots 0          | slots: 0, expected
            workload generate --one-stage     | --one-stage
            workload convert                  | FROM
            workload convert tr:x             | TO
            workload convert x csv:y          | trace 'x': expected FORMAT:PATH, FORMAT being one of tr, csv, swim
            workload convert tr:/none csv:y   | /none: no such file, expected a .tr trace
            workload convert tr:x swim:y      | swim:y: swim is only read, expected one of tr, csv
            workload convert tr:x tr:/none/y  | tr:/none/y: expected a file in a folder that exists
            workload convert tr:x csv:/       | csv:/: expected a file
            """)
    void wrongUseIsOneLineAndStatusTwo(String line, String expected) {
        String[] arguments = line.isEmpty()
                ? new String[0]
                : line.replace("OUT", folder.toString()).split(" ", -1);

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(errors().lines())
                .singleElement()
                .asString()
                .startsWith("kairos")
                .contains(expected);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aClusterThatDoesNotAnswerIsOneLineAndStatusOne() {
        assertThat(execute("status", "--rm", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(errors().lines())
                .singleElement()
                .asString()
                .startsWith("kairos status: http://127.0.0.1:1: nobody listens there; expected the web address");
    }

    @Test
    void aSimulationShowsMeansOverItsSeedsAndWritesTheSameBytesAgain() throws IOException {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        String[] arguments = {"simulate", "--policy", "eagle,kairos", "--jobs", "30", "--seeds", "3", "--json", ""};
        arguments[arguments.length - 1] = first.toString();
        assertThat(execute(arguments)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("paper: 30 jobs")
                .containsPattern("all   eagle +30 ")
                .containsPattern("      kairos +30 .*x")
                .doesNotContainPattern("(?m)^.{81}");
        arguments[arguments.length - 1] = second.toString();
        assertThat(execute(arguments)).isZero();
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
        assertThat(new ObjectMapper().readTree(first.toFile()).get("runs"))
                .hasSize(6)
                .allSatisfy(run -> assertThat(run.get("events").asLong()).isPositive());
    }

    @Test
    void aSimulationsFolderHoldsTheSameBytesOnOneCoreAndOnMany() throws Exception {
        Path many = folder.resolve("many");
        Path one = folder.resolve("one");
        String policies = "fifo,kairos,eagle,srpt,big-c";
        assertThat(execute("simulate", "--policy", policies, "--jobs", "30", "--seeds", "2", "--out", many.toString()))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("page: " + many.resolve("report.html"));
        // Its one thread runs what the command hands out.
        ForkJoinPool alone = new ForkJoinPool(1);
        try {
            assertThat(alone.submit(() -> execute(
                                    "simulate",
                                    "--policy",
                                    policies,
                                    "--jobs",
                                    "30",
                                    "--seeds",
                                    "2",
                                    "--out",
                                    one.toString()))
                            .get())
                    .isZero();
        } finally {
            alone.shutdown();
        }
        for (String name : List.of("results.json", "jobs.csv", "events.csv", "report.html")) {
            assertThat(one.resolve(name)).as(name).isNotEmptyFile().hasSameBinaryContentAs(many.resolve(name));
        }
        assertThat(Files.readString(many.resolve("events.csv")))
                .contains("kairos,")
                .contains(",PAUSE,");
        String page = Files.readString(many.resolve("report.html"));
        assertThat(execute("report", many.toString())).isZero();
        assertThat(many.resolve("report.html")).hasContent(page);
    }

    @Test
    void aBlankInThePathOfTheFolderIsRefused() {
        Path odd = folder.resolve("my runs");
        assertThat(execute("demo", "--out", odd.toString())).isEqualTo(2);
        assertThat(errors().lines()).singleElement().asString().contains("--out: '" + odd + "' cannot be used by YARN");
        assertThat(odd).doesNotExist();
    }

    @Test
    void aFolderInUseIsRefused() throws IOException {
        try (FolderLock lock = FolderLock.take(folder)) {
            assertThat(execute("demo", "--out", folder.toString())).isEqualTo(2);
        }
        assertThat(errors().lines())
                .containsExactly("kairos demo: --out: " + folder + " is in use by another demo (process "
                        + ProcessHandle.current().pid() + ")");
        assertThat(execute("demo", "--out", folder.toString())).isZero();
    }

    @Test
    void theResultMayGoToTheFolderThatIsMade() {
        Path json = folder.resolve("new").resolve("x.json");
        assertThat(execute("demo", "--out", folder.resolve("new").toString(), "--json", json.toString()))
                .isZero();
        assertThat(json).exists();
    }

    @Test
    void aLongTraceIsWarnedOfAndRunsFromItsFirstJob() throws IOException {
        Path trace = Files.writeString(folder.resolve("long.tr"), "5000 1 100000 100000\n5010 1 10 10\n");
        assertThat(execute("demo", "--out", folder.toString(), "--trace", "tr:" + trace))
                .isZero();
        assertThat(errors())
                .contains("kairos demo: about 27.8 h of work on 8 slots: expected at least 27.8 h for each scheduler");
        assertThat(settings).extracting(DemoSettings::quantum).containsOnly(Duration.ofSeconds(50));
        assertThat(lastWorkload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 10.0);

        err.reset();
        assertThat(execute("demo", "--out", folder.toString(), "--trace", "tr:" + trace, "--scale", "0.01"))
                .isZero();
        assertThat(errors()).doesNotContain("expected at least");
        assertThat(settings.get(settings.size() - 1).quantum()).isEqualTo(Duration.ofMillis(500));
        assertThat(lastWorkload.serviceSeconds()).isCloseTo(1000.1, within(1e-6));
    }

    @Test
    void theFirstSchedulerWarmsUpUnseen() throws IOException {
        assertThat(execute("demo", "--out", folder.toString(), "--schedulers", "fair,kairos"))
                .isZero();
        assertThat(ran).containsExactly("fair warm-up", "fair paper", "kairos paper");
        assertThat(errors().lines().limit(2)).containsExactly("warming up", "fair: starting the cluster");
        assertThat(out.toString(UTF_8)).doesNotContain("warm");
        assertThat(Files.readString(folder.resolve("jobs.csv"))).doesNotContain("warm");
    }

    @Test
    void aFailedDemoLeavesNoResultsOfAnEarlierOne() throws IOException {
        assertThat(execute("demo", "--out", folder.toString())).isZero();
        failure = new IOException("no");
        assertThat(execute("demo", "--out", folder.toString())).isEqualTo(1);
        for (String name : List.of("results.json", "jobs.csv", "events.csv", "report.html")) {
            assertThat(folder.resolve(name)).doesNotExist();
        }
    }

    @Test
    void aTaskRunTwiceIsNotCalledLost() {
        retried = 1;
        assertThat(execute("demo", "--out", folder.toString())).isEqualTo(1);
        assertThat(errors())
                .contains("tasks completed, but not at the first attempt: 1 attempts failed and 0 were killed")
                .doesNotContain("only");
    }

    @Test
    void resultsOfAnotherShapeAreOneLine() throws IOException {
        new RunFolder(folder).write(SampleComparison.of("fifo"));
        Files.writeString(
                folder.resolve("results.json"),
                "{\"workload\": {\"name\": \"x\"}, \"runs\": [{\"scheduler\": \"fifo\", \"nodes\": 1}]}");
        assertThat(execute("report", folder.toString())).isEqualTo(1);
        assertThat(errors().lines())
                .singleElement()
                .asString()
                .endsWith("results.json: expected scheduler, classes and tasks in each run");
    }

    @Test
    void aMalformedTraceIsToldWithItsLine() throws IOException {
        Path trace = Files.writeString(folder.resolve("bad.tr"), "0 1 1 1\n1 two 1 1\n");
        assertThat(execute("demo", "--trace", "tr:" + trace)).isEqualTo(2);
        assertThat(errors().lines()).singleElement().asString().contains("bad.tr:2");
    }

    @Test
    void aFileInTheWayOfTheFolderIsWrongUse() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(execute("demo", "--out", file.toString())).isEqualTo(2);
        assertThat(errors().lines()).singleElement().asString().contains("expected a folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "simulate --help",
                "experiment --help",
                "experiment theory --help",
                "bench --help",
                "bench placement --help",
                "bench node --help",
                "bench rm --help",
                "bench reports --help",
                "bench sls --help",
                "bench simulator --help",
                "report --help",
                "workload --help",
                "workload list --help",
                "workload generate --help",
                "workload stats --help",
                "workload convert --help"
            })
    void everyCommandHasHelp(String line) {
        assertThat(execute(line.split(" ", -1))).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage: kairos");
        assertThat(errors()).isEmpty();
    }

    @Test
    void demoWritesItsFilesAndPrintsTheTable() throws IOException {
        Path run = folder.resolve("run");
        Path json = folder.resolve("result.json");
        assertThat(execute("demo", "--out", run.toString(), "--json", json.toString(), "--seed", "3"))
                .isZero();

        assertThat(out.toString(UTF_8))
                .contains("completion time, s")
                .contains("kairos")
                .contains("report.html");
        assertThat(errors()).contains("fifo    1/100 jobs  run 3  paused 2  held 1  preempted 5");
        assertThat(run).isDirectoryContaining("glob:**results.json");
        assertThat(run).isDirectoryContaining("glob:**report.html");
        assertThat(new ObjectMapper()
                        .readTree(json.toFile())
                        .get("workload")
                        .get("seed")
                        .asLong())
                .isEqualTo(3);
        assertThat(Files.readString(json)).isEqualTo(Files.readString(run.resolve("results.json")));
    }

    @Test
    void aDemoThatLostATaskFails() {
        killed = 1;
        assertThat(execute("demo", "--out", folder.toString())).isEqualTo(1);
        assertThat(errors()).contains("1 killed");
    }

    @Test
    void aRunThatFailsIsOneLine() {
        failure = new IOException("the cluster did not start:\n\tport 8088 is in use");
        assertThat(execute("demo", "--out", folder.toString())).isEqualTo(1);
        assertThat(errors().lines().filter(line -> line.startsWith("kairos demo:")))
                .containsExactly("kairos demo: the cluster did not start:; port 8088 is in use");
        assertThat(errors()).doesNotContain("\tat ");
    }

    @Test
    void reportIsMadeAgainFromTheFiles() throws IOException {
        new RunFolder(folder).write(SampleComparison.of("fifo", "kairos"));
        assertThat(execute("report", folder.toString())).isZero();
        assertThat(folder.resolve("report.html")).exists();
        assertThat(out.toString(UTF_8)).contains("preemptions");
    }

    @Test
    void reportOfAnotherFolderFails() {
        assertThat(execute("report", folder.toString())).isEqualTo(1);
        assertThat(errors().lines()).singleElement().asString().contains("no readable results.json");
    }

    @Test
    void workloadsAreListedDescribedAndWritten() throws IOException {
        assertThat(execute("workload", "list")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("paper")
                .contains("exponential")
                .contains("tr ")
                .contains("jhist ")
                .contains("'workload convert' writes it");

        Path json = folder.resolve("stats.json");
        assertThat(execute("workload", "stats", "--jobs", "40", "--json", json.toString()))
                .isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("jobs").asInt())
                .isEqualTo(40);

        assertThat(execute("workload", "generate", "--workload", "pareto", "--out", folder.toString()))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("the stages of a job are joined");
        assertThat(execute("workload", "stats", "--trace", "tr:" + folder.resolve("pareto-1.tr")))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("100 jobs");
    }

    @Test
    void aTraceIsConvertedAndBackAgain() throws IOException {
        Path trace = Files.writeString(folder.resolve("some.tr"), "5 2 1.5 1 2\n7 1 0.25 0.25\n");
        Path table = folder.resolve("some.csv");
        Path json = folder.resolve("some.json");
        Path again = folder.resolve("again.tr");

        assertThat(execute("workload", "convert", "tr:" + trace, "csv:" + table, "--json", json.toString()))
                .isZero();
        assertThat(execute("workload", "convert", "csv:" + table, "tr:" + again))
                .isZero();

        assertThat(out.toString(UTF_8)).contains(table + ": 2 jobs, 3 tasks").contains(again + ": 2 jobs, 3 tasks");
        assertThat(table)
                .hasContent("job_id,submit_time,duration,stage,class\n"
                        + "job-1,5.0,1.0,1,short\njob-1,5.0,2.0,1,short\njob-2,7.0,0.25,1,short\n");
        assertThat(again).hasContent("5.0 2 1.5 1.0 2.0\n7.0 1 0.25 0.25\n");
        assertThat(new ObjectMapper().readTree(json.toFile()).get("tasks").asInt())
                .isEqualTo(3);
        assertThat(errors()).isEmpty();
    }

    @Test
    void aConversionSaysThatStagesAreJoinedAndKeepsTheTrace() throws IOException {
        Path table =
                Files.writeString(folder.resolve("some.csv"), "job_id,submit_time,duration,stage\na,0,1,1\na,0,2,2\n");

        assertThat(execute("workload", "convert", "csv:" + table, "tr:" + folder.resolve("some.tr")))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("the stages of a job are joined");
        assertThat(execute("workload", "convert", "csv:" + table, "csv:" + table))
                .isEqualTo(2);
        assertThat(errors()).contains("the trace itself, expected another file");
    }

    @Test
    void whatATraceLeavesOutIsSaid() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        String start = "{\"Event\":\"SparkListenerApplicationStart\",\"App ID\":\"app-1\",\"Timestamp\":1000}\n";
        Files.writeString(logs.resolve("idle"), start);
        Files.writeString(
                logs.resolve("busy"),
                start
                        + "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":0,\"Task End Reason\":{\"Reason\":\"Success\"},"
                        + "\"Task Info\":{\"Partition ID\":0,\"Launch Time\":2000,\"Finish Time\":2500}}\n");

        assertThat(execute("workload", "stats", "--trace", "spark:" + logs)).isZero();
        assertThat(out.toString(UTF_8)).contains("logs: 1 jobs").contains("0.5 s of service");
        assertThat(execute("workload", "convert", "spark:" + logs, "csv:" + folder.resolve("logs.csv")))
                .isZero();
        assertThat(errors().lines())
                .hasSize(2)
                .allMatch(line -> line.equals(logs + ": left out 1 job without a successful task"));
    }
}
