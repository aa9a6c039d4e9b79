/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that is emptied before each use. Only one that bears the mark of an earlier use, or is empty, is ever deleted. */
public final class ScratchFolder {
    private static final String MARK = ".kairos-scratch";

    private ScratchFolder() {}

    /**
     * Gives the folder as new.
     *
     * @throws IOException it holds what is not ours to delete, or could not be deleted: where and why, in one line
     */
    public static Path empty(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (!isOurs(folder)) {
                throw new IOException(
                        folder + ": expected no such folder, an empty one, or one of an earlier demo (with " + MARK
                                + " in it)");
            }
            delete(folder);
        }
        Files.createDirectories(folder);
        Files.createFile(folder.resolve(MARK));
        return folder;
    }

    private static boolean isOurs(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return Files.isRegularFile(folder.resolve(MARK)) || files.findAny().isEmpty();
        }
    }

    /** Deletes the folder and all in it; only for one that the caller made itself. */
    public static void delete(Path folder) throws IOException {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            // The one on top only says that there were some.
            Throwable first = e.getSuppressed().length > 0 ? e.getSuppressed()[0] : e;
            throw new IOException(folder + ": could not be deleted: " + first, e);
        }
    }
}
