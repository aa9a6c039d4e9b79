/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.daemons.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs replayed on Hadoop's own daemons, by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {
    /** One slot a node, so that short executors take the place of long ones. */
    private static final List<String> SIZE = List.of("--nodes", "2", "--slots", "1");

    private static final String MIX =
            """
            [
              {"name": "long", "class": "long", "framework": "spark", "share": 1, "options": ["--num-executors", "2"],
               "job": ["aggregate", "--partitions", "24", "--sleep", "3"]},
              {"name": "short", "class": "short", "framework": "spark", "share": 2, "options": ["--num-executors", "1"],
               "job": ["aggregate", "--partitions", "2", "--sleep", "2"]},
              {"name": "map", "class": "short", "framework": "mapreduce", "share": 1,
               "options": ["-Dmapreduce.map.speculative=false"], "job": ["pi", "2", "1000"]}
            ]
            """;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private CommandLineRun commands;

    @BeforeAll
    void up(@TempDir Path temporary) throws Exception {
        folder = temporary;
        commands = new CommandLineRun(folder);
        List<String> command = new ArrayList<>(List.of("cluster", "up"));
        command.addAll(SIZE);
        right(commands.kairos(command.toArray(String[]::new)));
    }

    @AfterAll
    void down() throws Exception {
        right(commands.kairos("cluster", "down"));
    }

    @Test
    void emulatedJobsRunOnTheClustersOwnNodes() throws Exception {
        Outcome replay = right(commands.kairos("replay", "--jobs", "5", "--scale", "0.002", "--out", "emulated"));
        assertThat(replay.output()).contains("all   kairos", "emulated/report.html");
        assertThat(folder.resolve("emulated").resolve("events.csv"))
                .content()
                .as("decisions of the nodes, which have made none before")
                .containsPattern("LAUNCH,[A-Z_]+");
        Outcome other = commands.kairos("replay", "--jobs", "6", "--scale", "0.002", "--out", "emulated");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.output()).contains("emulated holds runs of 'paper'").hasLineCount(1);
    }

    /** The clients ask again until the ResourceManager is back; a NodeManager finds its containers again, paused ones too. */
    @Test
    void everyJobEndsRightWhicheverDaemonIsKilledMeanwhile() throws Exception {
        Files.writeString(folder.resolve("mix.json"), MIX);
        FutureTask<Outcome> replay = new FutureTask<>(
                () -> commands.kairos("replay", "--mix", "mix.json", "--jobs", "4", "--gap", "3", "--out", "real"));
        new Thread(replay, "replay").start();
        awaitJobs(() -> logs() == 4);
        for (String daemon : List.of("nodemanager1", "resourcemanager", "nodemanager2")) {
            right(commands.kairos("cluster", "stop", daemon, "--crash"));
            right(commands.kairos("cluster", "start", daemon));
        }
        Outcome ended = right(replay.get());
        assertThat(ended.output()).containsPattern("kairos +4/4 +0 +0 +0 +0");
        assertThat(folder.resolve("real").resolve("applications.csv")).content().hasLineCount(5);
    }

    private long logs() throws IOException {
        Path jobs = folder.resolve("real").resolve("jobs").resolve("kairos");
        if (!Files.isDirectory(jobs)) {
            return 0;
        }
        try (var files = Files.list(jobs)) {
            return files.count();
        }
    }

    private static void awaitJobs(Callable<Boolean> submitted) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(1))
                .until(submitted);
    }

    private static Outcome right(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }
}
