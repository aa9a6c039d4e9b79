/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds logs in a folder and those below it. Hidden files, and those that begin with an underscore, are no logs. */
final class LogFolder {

    private LogFolder() {}

    /** The files and folders that are wanted, in the order of their paths; nothing is looked for in a wanted folder. */
    static List<Path> find(Path folder, Predicate<Path> wantedFolder, Predicate<Path> wantedFile) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                if (wantedFolder.test(path)) {
                    found.add(path);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return path.equals(folder) || !isHidden(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                if (Files.isRegularFile(path) && !isHidden(path) && wantedFile.test(path)) {
                    found.add(path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isHidden(Path path) {
        String name = TraceJobs.fileName(path);
        return name.startsWith(".") || name.startsWith("_");
    }
}
