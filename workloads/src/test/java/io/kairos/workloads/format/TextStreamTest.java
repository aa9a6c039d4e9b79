/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {

    private final Path file;

    TextStreamTest(@TempDir Path folder) {
        this.file = folder.resolve("some.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "one\ntwo\n", "\uFEFF", "\uFEFFone", "gr\u00fc\u00dfe\tand blanks\r\n"})
    void textComesAsItIsWithoutAMarkAtItsStart(String text) throws IOException {
        String expected = text.startsWith("\uFEFF") ? text.substring(1) : text;

        assertThat(read(text.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(read(TraceFiles.gzipped(text.getBytes(UTF_8)))).isEqualTo(expected);
        assertThat(read(TraceFiles.withZstandard(text.getBytes(UTF_8)))).isEqualTo(expected);
    }

    @Test
    void severalPackedPartsAreOneText() throws IOException {
        byte[] one = TraceFiles.gzipped("one\n".getBytes(UTF_8));
        byte[] two = TraceFiles.gzipped("two\n".getBytes(UTF_8));
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);

        assertThat(read(both)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aPackedFileThatIsCutOffIsRefusedWhereverItIsCut() throws IOException {
        byte[] text = "0 1 1 1\n".repeat(1000).getBytes(UTF_8);
        for (byte[] packed : new byte[][] {TraceFiles.gzipped(text), TraceFiles.withZstandard(text)}) {
            for (int length = 4; length < packed.length; length++) {
                byte[] start = Arrays.copyOf(packed, length);
                assertThatExceptionOfType(TraceException.class)
                        .as("%s bytes", length)
                        .isThrownBy(() -> read(start))
                        .withMessageStartingWith(file + ":")
                        .withMessageEndingWith(" data that is cut off or damaged, expected a whole file");
            }
        }
    }

    @Test
    void theLineIsNamedWhereAPackedFileIsCutOff() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 100_000; line++) {
            text.append(Integer.toHexString(line * 7919)).append('\n');
        }
        byte[] packed = TraceFiles.gzipped(text.toString().getBytes(UTF_8));

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(Arrays.copyOf(packed, packed.length / 2)))
                .satisfies(error -> {
                    String line = String.valueOf(error.getMessage()).substring((file + ":").length());
                    assertThat(Integer.parseInt(line.substring(0, line.indexOf(':'))))
                            .isBetween(30_000, 70_000);
                });
    }

    @Test
    void aDamagedPackedFileIsRefused() throws IOException {
        byte[] packed = TraceFiles.gzipped("0 1 1 1\n".repeat(1000).getBytes(UTF_8));
        packed[packed.length - 6] ^= 1;

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(packed))
                .withMessageContaining("found gzip data that is cut off or damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\ntwo\0", "one\rtwo\u0001", "\ntwo\u001b[0m", "one\nPK\u0003\u0004"})
    void whatIsNoTextIsRefusedInItsLine(String text) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(text.getBytes(UTF_8)))
                .withMessageStartingWith(file + ":2: found the byte 0x")
                .withMessageEndingWith(
                        ", which is in no text, expected text in UTF-8, plain or packed with gzip or Zstandard");
    }

    @Test
    void anotherPackingIsNoText() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}))
                .withMessageStartingWith(file + ":1: found the byte 0x03");
    }

    @Test
    void aFileThatUnpacksToAbsurdlyMuchIsRefused() throws IOException {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int megabyte = 0; megabyte < 260; megabyte++) {
                gzip.write(blanks);
            }
        }

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> {
                    try (TextStream text = TextStream.open(file)) {
                        text.transferTo(OutputStream.nullOutputStream());
                    }
                })
                .withMessage(
                        file + ":1: found gzip data that unpacks to more than 300 times its size, expected a trace;"
                                + " unpack it first if it is one");
    }

    @Test
    void bytesComeOneByOneToo() throws IOException {
        Files.writeString(file, "\u00e9!", UTF_8);
        try (TextStream text = TextStream.open(file)) {
            assertThat(text.read()).isEqualTo(0xc3);
            assertThat(text.read()).isEqualTo(0xa9);
            assertThat(text.read()).isEqualTo('!');
            assertThat(text.read()).isEqualTo(-1);
        }
    }

    private String read(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (TextStream text = TextStream.open(file)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }
}
