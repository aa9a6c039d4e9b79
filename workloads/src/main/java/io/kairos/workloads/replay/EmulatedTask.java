/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;

/**
 * A task that needs service and nothing else: a shell script that counts only the time it runs, at a quarter of a
 * percent of a core. The script lies in a file that every node must be able to read under the same path.
 */
final class EmulatedTask {

    private static final String SCRIPT = "emulated-task.sh";
    // The path stands inside a command that passes two shells.
    private static final Pattern PLAIN_PATH = Pattern.compile("[\\w./+=:,@-]+");

    private final Path script;

    private EmulatedTask(Path script) {
        this.script = script;
    }

    /**
     * Writes the script into a folder, which it makes readable for the users that containers run as.
     *
     * @throws IOException if it cannot be written, or the path holds blanks or characters a shell would read
     */
    static EmulatedTask install(Path folder) throws IOException {
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

    Path script() {
        return script;
    }

    ContainerLaunchContext launchContext(double serviceSeconds) {
        long milliseconds = Math.max(1, Math.round(serviceSeconds * 1000));
        String command = "exec /bin/bash " + script + " " + milliseconds;
        return ContainerLaunchContext.newInstance(Map.of(), Map.of(), List.of(command), Map.of(), null, Map.of());
    }
}
