/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.daemons.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop's own daemons on this host, and jobs of its own clients on them, by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DaemonClusterIT {
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private CommandLineRun commands;

    @BeforeAll
    void up(@TempDir Path temporary) throws Exception {
        folder = temporary;
        commands = new CommandLineRun(folder);
        Outcome up = commands.kairos("cluster", "up", "--nodes", "2");
        assertThat(up.status()).as(up.output()).isZero();
    }

    @AfterAll
    void down() throws Exception {
        Outcome down = commands.kairos("cluster", "down");
        assertThat(down.status()).as(down.output()).isZero();
        assertThat(processesOfTheCluster()).isEmpty();
        Outcome status = commands.kairos("cluster", "status");
        assertThat(status.status()).isEqualTo(1);
        assertThat(status.output()).contains("no cluster runs there").hasLineCount(1);
    }

    /** Daemons by their marks, and processes of containers by the folders they work in. */
    private List<String> processesOfTheCluster() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().orElse("").contains(folder.toString()) || worksHere(process))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(folder.resolve("cluster-out"));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void statusShowsEveryDaemonAndKairosOnEveryNode() throws Exception {
        Outcome daemons = commands.kairos("cluster", "status");
        assertThat(daemons.status()).isZero();
        assertThat(daemons.output())
                .contains("resourcemanager", "nodemanager1", "nodemanager2", "historyserver")
                .doesNotContain("ended");
        Outcome kairos = commands.kairos("status", "--conf", "cluster-out/conf");
        assertThat(kairos.status()).as(kairos.output()).isZero();
        assertThat(kairos.output()).contains("mode enforce", "2 nodes");
    }

    @Test
    void aSecondClusterInTheSameFolderIsRefused() throws Exception {
        Outcome up = commands.kairos("cluster", "up");
        assertThat(up.status()).isEqualTo(1);
        assertThat(up.output()).contains("expected 'kairos cluster down' first").hasLineCount(1);
    }

    @Test
    void aMapReduceJobOfHadoopsOwnRuns() throws Exception {
        Outcome pi = commands.kairos("run", "mapreduce", "pi", "2", "100");
        assertThat(pi.status()).as(pi.output()).isZero();
        assertThat(pi.output()).contains("Estimated value of Pi is 3.1");
    }

    @Test
    void aSparkJobRunsAndItsFailureIsTheCommands() throws Exception {
        Outcome pi = commands.kairos("run", "spark", "--conf", "spark.executor.instances=1", "pi");
        assertThat(pi.status()).as(pi.output()).isZero();
        assertThat(pi.output()).containsPattern("(?m)^result pi \\d+");
        Outcome wrong = commands.kairos("run", "spark", "--conf", "spark.master=local", "nothing");
        assertThat(wrong.status()).isNotZero();
    }

    @Test
    void aDaemonIsCrashedAndStartedAgain() throws Exception {
        assertThat(commands.kairos("cluster", "stop", "historyserver", "--crash")
                        .status())
                .isZero();
        Outcome broken = commands.kairos("cluster", "status");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.output()).containsPattern("historyserver +\\d+  ended");
        assertThat(commands.kairos("cluster", "start", "historyserver").status())
                .isZero();
        assertThat(commands.kairos("cluster", "status").status()).isZero();
        Outcome wrong = commands.kairos("cluster", "start", "historyserver");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.output()).contains("historyserver runs: process").hasLineCount(1);
    }
}
