/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that takes the place of an earlier one only once it is complete: a full disk does not cost what was known before. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes a file. */
    public interface Writer {
        void write(Path draft) throws IOException;
    }

    /** Has the file written beside its place, and moves it there. */
    public static void write(Path file, Writer writer) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            writer.write(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
