/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which sources results come from. */
public final class SourceCommit {
    /** Where a release says of which commit it is. */
    private static final String IN_A_RELEASE = "lib/commit";

    private static final long PATIENCE_SECONDS = 10;

    private SourceCommit() {}

    /**
     * The commit that a folder's checkout is at, or that a release was made of, and whether tracked files were changed since; empty if
     * it is neither, or Git is not there to ask, or was not when the release was made.
     */
    public static Optional<String> of(Path folder) {
        if (!Files.exists(folder.resolve(".git"))) {
            return ofRelease(folder.resolve(IN_A_RELEASE));
        }
        return git(folder, "rev-parse", "--short=12", "HEAD")
                .filter(commit -> !commit.isEmpty())
                .map(commit -> git(folder, "status", "--porcelain", "--untracked-files=no")
                                .orElse("")
                                .isEmpty()
                        ? commit
                        : commit + " with changes");
    }

    private static Optional<String> ofRelease(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(commit -> !commit.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> git(Path folder, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("git", "-C", folder.toString());
        for (String argument : arguments) {
            builder.command().add(argument);
        }
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
