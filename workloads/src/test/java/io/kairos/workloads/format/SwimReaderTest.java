/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwimReaderTest {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void eachLineIsAJobWithTasksOutOfItsBytes(@TempDir Path folder) throws IOException {
        Workload workload = TraceFormat.SWIM.read(TraceFiles.copy("facebook.tsv", folder));

        assertThat(workload.jobs()).extracting(Job::name).containsExactly("job0", "job1", "job2");
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(49.0, 101.0, 122.0);
        // 384 MiB and nothing to write: three maps of a block each.
        assertThat(workload.jobs().get(1).stages()).containsExactly(Stage.of(8.4, 8.4, 8.4));
        // 2.5 GB of shuffle: 19 maps, of which the last has what is left, and three reduces.
        assertThat(workload.jobs().get(2).stages()).extracting(Stage::taskCount).containsExactly(19, 3);
    }

    @Test
    void aJobThatMovesNothingIsOneTaskThatStarts() {
        assertThat(SwimTasks.stages(0, 0, 0)).containsExactly(Stage.of(2));
    }

    @Test
    void mapsWithoutReducesWriteTheOutput() {
        assertThat(SwimTasks.stages(20 * MEBIBYTE, 0, 40 * MEBIBYTE)).containsExactly(Stage.of(5));
    }

    @Test
    void mapsFollowWhatIsMoreReadOrWritten() {
        assertThat(SwimTasks.stages(0, 0, 256 * MEBIBYTE)).containsExactly(Stage.of(8.4, 8.4));
        assertThat(SwimTasks.stages(256 * MEBIBYTE, 0, 256 * MEBIBYTE)).containsExactly(Stage.of(14.8, 14.8));
    }

    @Test
    void reducesShareTheShuffleAndTheOutputAfterTheMaps() {
        List<Stage> stages = SwimTasks.stages(20 * MEBIBYTE, 20 * MEBIBYTE, 60 * MEBIBYTE);

        assertThat(stages).containsExactly(Stage.of(4), Stage.of(6));
    }

    @Test
    void thereAreAtMost999Reduces() {
        long terabyte = 1_000_000_000_000L;

        assertThat(SwimTasks.stages(1, terabyte, 0).get(1).taskCount()).isEqualTo(999);
        assertThat(SwimTasks.stages(1, 1_000_000_001, 0).get(1).taskCount()).isEqualTo(2);
        assertThat(SwimTasks.stages(1, 1_000_000_000, 0).get(1).taskCount()).isEqualTo(1);
    }

    /** Whatever the bytes are, each is moved by some task, and no task moves more than a block each way. */
    @Property(tries = 300)
    void noByteIsLost(
            @ForAll @LongRange(min = 0, max = 1L << 42) long input,
            @ForAll @LongRange(min = 0, max = 1L << 42) long shuffle,
            @ForAll @LongRange(min = 0, max = 1L << 42) long output) {
        List<Stage> stages = SwimTasks.stages(input, shuffle, output);

        double bytes = (double) input + 2.0 * shuffle + output;
        double seconds = stages.stream()
                .mapToDouble(stage -> stage.serviceSeconds() - 2 * stage.taskCount())
                .sum();
        assertThat(seconds).isCloseTo(bytes / (20 * MEBIBYTE), Offset.offset(1e-6 * (1 + seconds)));
        assertThat(stages.get(0).longestTaskSeconds()).isLessThanOrEqualTo(2 + 256 / 20.0 + 1e-9);
    }

    @Test
    void theMostBytesStillMakeUsableTasks() {
        long most = SwimTasks.MOST_BYTES;

        assertThat(SwimTasks.stages(0, most, most).get(1).longestTaskSeconds()).isLessThan(1e6);
        assertThat(SwimTasks.stages(most, 0, 0).get(0).taskCount()).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "job1 x 1 1 1 1   | 'x'                 | the submit time as a number of seconds, at least 0",
                "job1 -1 1 1 1 1  | '-1'                | the submit time",
                "job1 1 NaN 1 1 1 | 'NaN'               | the time since the last job",
                "job1 1 1 -1 1 1  | '-1'                | the bytes of map input, 0 to 1342177280000000",
                "job1 1 1 1 1.5 1 | '1.5'               | the bytes of shuffle",
                "job1 1 1 1 1 1e9 | '1e9'               | the bytes of reduce output",
                "job1 1 1 1 1     | the end of the line | the bytes of reduce output",
                "job1 1 1 1 99999999999999999999 1 | '99999999999999999999' | the bytes of shuffle",
                "job1 1 1 1342177280000001 1 1 | '1342177280000001' | the bytes of map input",
            })
    void malformedLinesAreNamed(String line, String found, String expected, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("jobs.tsv"), "job0\t0\t0\t1\t1\t1\n\n" + line.replace(' ', '\t') + "\n");

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.SWIM.read(file))
                .withMessageStartingWith(file + ":3: found " + found + ", expected " + expected);
    }

    @Test
    void aNameWithoutEndIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("jobs.tsv"), "j".repeat(1000) + "\t0\t0\t1\t1\t1\n");

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.SWIM.read(file))
                .withMessageContaining("expected the name of a job, at most 63 characters");
    }
}
