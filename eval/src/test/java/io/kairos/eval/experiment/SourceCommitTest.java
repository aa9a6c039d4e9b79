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
}
