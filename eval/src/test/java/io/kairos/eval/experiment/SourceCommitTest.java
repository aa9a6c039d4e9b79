/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCommitTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void whatIsNoCheckoutHasNoCommit() throws IOException {
        assertThat(SourceCommit.of(folder)).isEmpty();
        Files.createDirectory(folder.resolve(".git"));
        assertThat(SourceCommit.of(folder)).isEmpty();
    }

    @Test
    void aReleaseKnowsOfWhichCommitItIs() throws IOException {
        Path file = Files.createDirectory(folder.resolve("lib")).resolve("commit");
        Files.writeString(file, "0123456789ab with changes\n");
        assertThat(SourceCommit.of(folder)).contains("0123456789ab with changes");
        Files.writeString(file, "\n");
        assertThat(SourceCommit.of(folder)).isEmpty();
    }
}
