/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;

/**
 * A task that needs service and nothing else: a shell script that counts only the time it runs, at a quarter of a
 * percent of a core. The script lies in a file that every node must be able to read under the same path.
 */
final class EmulatedTask {

    private static final String SCRIPT = "emulated-task.sh";
    private static final String BASH = "/bin/bash";
    private static final int LEAST_BASH = 5;
    // The path stands inside a command that passes two shells.
    private static final Pattern PLAIN_PATH = Pattern.compile("[\\w./+=:,@-]+");

    private static final Pattern LEADING_NUMBER = Pattern.compile("^\\d{1,6}");

    private final Path script;

    private EmulatedTask(Path script) {
        this.script = script;
    }

    /**
     * Writes the script into a folder, which it makes readable for the users that containers run as.
     *
     * @throws IOException if it cannot be written, the path holds blanks or characters a shell would read, or the bash of
     *     this host is too old for it
     */
    static EmulatedTask install(Path folder) throws IOException {
        requireBash(BASH);
        Path script = folder.resolve(SCRIPT).toAbsolutePath();
        if (!PLAIN_PATH.matcher(script.toString()).matches()) {
            throw new IOException(
                    script + ": no usable path for the tasks' script, expected no blanks or special characters");
        }
        URL source = Resources.getResource(EmulatedTask.class, SCRIPT);
        Files.write(script, Resources.toByteArray(source));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new EmulatedTask(script);
    }

    /** The same script, written before by {@link #install}. */
    static EmulatedTask installedIn(Path folder) {
        return new EmulatedTask(folder.resolve(SCRIPT).toAbsolutePath());
    }

    /** The tasks read a clock that bash has since version 5; an older one would fail every task, one by one. */
    static void requireBash(String bash) throws IOException {
        Process process = new ProcessBuilder(bash, "-c", "echo \"$BASH_VERSION\"")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String version;
        try (InputStream output = process.getInputStream()) {
            version = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        Matcher major = LEADING_NUMBER.matcher(version);
        if (!major.find() || Integer.parseInt(major.group()) < LEAST_BASH) {
            throw new IOException("emulated tasks: found " + bash + " of version '" + version + "', expected "
                    + LEAST_BASH + " or later");
        }
    }

    Path script() {
        return script;
    }

    ContainerLaunchContext launchContext(double serviceSeconds) {
        long milliseconds = Math.max(1, Math.round(serviceSeconds * 1000));
        String command = "exec " + BASH + " " + script + " " + milliseconds;
        return ContainerLaunchContext.newInstance(Map.of(), Map.of(), List.of(command), Map.of(), null, Map.of());
    }
}
