/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that is somebody else's. Whoever owns it can have an open or a read of it wait in the kernel for ever, with a pipe, a
 * lease or a file system of their own, and no thread gets out of that. So a process of its own does it, and is killed if it takes
 * too long. Thread-safe.
 */
final class StrangersFile {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** A regular file that is not empty: what the kernel makes up as it is read, such as /proc/kmsg, has no size. */
    private static final String READ = "[ -f \"$1\" ] && [ -s \"$1\" ] && exec head -c \"$2\" -- \"$1\"";

    private StrangersFile() {}

    /**
     * Its text; nothing if there is no such file, it may not be read, or it is larger.
     *
     * @throws TimeoutException one line: it takes too long
     */
    static Optional<String> read(Path file, int mostBytes) throws InterruptedException, TimeoutException {
        return read(READ, LIMIT, file, mostBytes);
    }

    /** @param script of sh, given the file and how many bytes to read */
    static Optional<String> read(String script, Duration limit, Path file, int mostBytes)
            throws InterruptedException, TimeoutException {
        Path copy = null;
        try {
            // This user's alone; and unlike a pipe nobody has to empty it meanwhile.
            copy = Files.createTempFile("kairos-", ".read");
            Process reader = new ProcessBuilder(
                            "sh", "-c", script, "sh", file.toString(), String.valueOf(mostBytes + 1))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(copy.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!reader.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException(file + " could not be read within " + limit.toMillis() + " ms");
                }
                return reader.exitValue() == 0 && Files.size(copy) <= mostBytes
                        ? Optional.of(new String(Files.readAllBytes(copy), StandardCharsets.UTF_8))
                        : Optional.empty();
            } finally {
                reader.destroyForcibly(); // a signal, whose effect is not waited for
            }
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            delete(copy);
        }
    }

    private static void delete(@Nullable Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            // Some bytes are left in the folder for temporary files.
        }
    }
}
