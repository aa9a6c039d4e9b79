/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as a process of its own, without spark-submit. */
class ExitStatusTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aWrongUseIsTwoAndOneLine() throws Exception {
        assertThat(run("pi", "--slices", "none")).isEqualTo(2);
        assertThat(lines("err"))
                .containsExactly("SparkJob pi: --slices: 'none', expected a whole number from 1 to 100000");
        assertThat(lines("out")).isEmpty();
    }

    @Test
    void aRightAnswerIsZeroAndTwoLines() throws Exception {
        assertThat(run("sort", "--records", "1000", "--partitions", "2")).isZero();
        assertThat(lines("out")).hasSize(2);
        assertThat(lines("out").get(0)).matches("result sort [0-9a-f]{16}");
        // Its executor goes with the application, and is not lost.
        assertThat(lines("out").get(1)).startsWith("counters ").contains(" executorsRemoved=0 ");
    }

    @Test
    void aWrongAnswerIsOne() throws Exception {
        assertThat(run("sort", "--records", "1000", "--partitions", "2", "--corrupt", "true"))
                .isEqualTo(1);
        assertThat(lines("out")).singleElement().asString().startsWith("counters ");
        assertThat(lines("err").get(lines("err").size() - 1)).startsWith("sort: expected ");
    }

    @Test
    void inClusterModeYarnIsToldByAnException() {
        String mode = "spark.submit.deployMode";
        System.setProperty(mode, "cluster");
        try {
            assertThatThrownBy(() -> SparkJob.main(new String[] {"sorted"}))
                    .isInstanceOf(JobFailureException.class)
                    .hasMessageStartingWith("SparkJob: 'sorted', expected NAME");
        } finally {
            System.clearProperty(mode);
        }
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
        command.addAll(List.of("-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SparkJob.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(file("out"))
                .redirectError(file("err"))
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(file(name).toPath());
    }
}
