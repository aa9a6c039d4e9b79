/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files and processes. */
class StrangersFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aFileIsReadWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("-name with spaces"), "one\ntwo");
        assertThat(StrangersFile.read(file, 7)).contains("one\ntwo");
    }

    @Test
    void oneThatIsTooLargeIsNot() throws Exception {
        Path file = Files.writeString(folder.resolve("large"), "12345678");
        assertThat(StrangersFile.read(file, 7)).isEmpty();
    }

    @Test
    void whatIsMissingEmptyOrOfTheKernelSaysNothing() throws Exception {
        assertThat(StrangersFile.read(folder.resolve("none"), 7)).isEmpty();
        assertThat(StrangersFile.read(Files.createFile(folder.resolve("empty")), 7))
                .isEmpty();
        assertThat(StrangersFile.read(Path.of("/proc/version"), 1000)).isEmpty();
    }

    @Test
    @Timeout(20)
    void aReadThatDoesNotEndIsGivenUp() {
        Path pipe = folder.resolve("pipe");
        assertThatThrownBy(() -> StrangersFile.read(
                        "mkfifo \"$1\" && exec head -c \"$2\" -- \"$1\"", Duration.ofMillis(300), pipe, 7))
                .isInstanceOf(TimeoutException.class)
                .hasMessage(pipe + " could not be read within 300 ms");
    }
}
