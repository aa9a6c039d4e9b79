/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void whatAnEarlierUseLeftIsDeleted() throws IOException {
        Path scratch = ScratchFolder.empty(folder.resolve("scratch"));
        Path left =
                Files.createFile(Files.createDirectories(scratch.resolve("a/b")).resolve("file"));

        ScratchFolder.empty(scratch);

        assertThat(left).doesNotExist();
        assertThat(scratch).isDirectory();
    }

    @Test
    void anEmptyFolderMayBeUsed() throws IOException {
        assertThat(ScratchFolder.empty(Files.createDirectory(folder.resolve("mine"))))
                .isDirectory();
    }

    @Test
    void whatIsNotOursStays() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Path file = Files.createFile(mine.resolve("thesis"));

        assertThatIOException()
                .isThrownBy(() -> ScratchFolder.empty(mine))
                .withMessageStartingWith(mine + ": expected no such folder, an empty one, or one of an earlier demo");
        assertThatIOException().isThrownBy(() -> ScratchFolder.empty(file));
        assertThat(file).exists();
    }
}
