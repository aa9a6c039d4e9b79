/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every format that is text. */
class BadTracesTest {

    private final Path file;

    BadTracesTest(@TempDir Path folder) {
        this.file = folder.resolve("trace.jhist");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENDC")
    void lineEndsMarksAndPackingDoNotMatter(TraceFormat format) throws IOException {
        String text = sample(format);
        Workload plain = read(format, text.getBytes(UTF_8));
        byte[] marked = ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(UTF_8);

        assertThat(read(format, marked)).isEqualTo(plain);
        assertThat(read(format, TraceFiles.gzipped(marked))).isEqualTo(plain);
        assertThat(read(format, TraceFiles.withZstandard(marked))).isEqualTo(plain);
        assertThat(read(format, text.stripTrailing().getBytes(UTF_8))).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENDC")
    void aGzipFileThatIsCutOffIsOneLine(TraceFormat format) throws IOException {
        byte[] packed = TraceFiles.gzipped(sample(format).getBytes(UTF_8));

        refused(format, Arrays.copyOf(packed, packed.length - 5), "found gzip data that is cut off or damaged");
        refused(format, Arrays.copyOf(packed, 7), "found gzip data that is cut off or damaged");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENDC")
    void whatIsNoTextIsRefused(TraceFormat format) throws IOException {
        byte[] bytes = sample(format).getBytes(UTF_8);
        bytes[bytes.length - 2] = 0;

        refused(format, bytes, "found the byte 0x00, which is in no text");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileIsRefused(TraceFormat format) throws IOException {
        refused(format, new byte[0], "expected");
    }

    @ParameterizedTest
    @EnumSource
    void noiseIsRefused(TraceFormat format) throws IOException {
        byte[] noise = new byte[100_000];
        new java.util.Random(7).nextBytes(noise);

        refused(format, noise, "expected");
    }

    @ParameterizedTest
    @EnumSource
    void aFormatReadsNoOtherOnesFiles(TraceFormat format) throws IOException {
        for (TraceFormat other : TraceFormat.values()) {
            if (other != format && other != TraceFormat.OPENDC) {
                refused(format, sample(other).getBytes(UTF_8), "expected");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotThereIsRefused(TraceFormat format) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> format.read(file))
                .withMessageStartingWith(file + ": no such file, expected ");
    }

    private void refused(TraceFormat format, byte[] bytes, String message) throws IOException {
        Files.write(file, bytes);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> format.read(file))
                .withMessageStartingWith(file + ":")
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.getMessage())
                        .hasLineCount(1)
                        .hasSizeLessThan(file.toString().length() + 300));
    }

    private Workload read(TraceFormat format, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return format.read(file);
    }

    private static String sample(TraceFormat format) throws IOException {
        return switch (format) {
            case TR -> "0 2 1.5 1 2\n3.25 1 0.7 0.7\n";
            case CSV -> TraceFiles.text("tasks.csv");
            case SWIM -> TraceFiles.text("facebook.tsv");
            case SPARK -> TraceFiles.text("application_1700000000000_0007");
            case JHIST -> TraceFiles.text("job_1700000000000_0001.jhist");
            case OPENDC -> throw new IllegalArgumentException("not text");
        };
    }
}
