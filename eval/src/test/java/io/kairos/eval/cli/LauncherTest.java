/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "kairos").toAbsolutePath().normalize();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** What a process left: its exit status and all it printed. */
    private record Outcome(int status, String printed) {}

    private Outcome launch(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", LAUNCHER.toString(), "workload", "list");
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    private Path executable(String path, String script) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aMissingJdkIsOneLine() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : new String[] {"dirname", "readlink"}) {
            executable("tools/" + tool, "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        Outcome outcome = launch(Map.of("PATH", tools.toString()));
        assertThat(outcome.printed()).isEqualTo("kairos: no java and javac on the PATH: expected a JDK 17 or later\n");
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void anOldJdkIsOneLine() throws Exception {
        Path java = executable("jdk/bin/java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        executable("jdk/bin/javac", "exit 0");
        Outcome outcome = launch(Map.of("JAVA_HOME", folder.resolve("jdk").toString()));
        assertThat(outcome.printed()).isEqualTo("kairos: " + java + " is version 11: expected a JDK 17 or later\n");
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void aWrongJavaHomeIsOneLine() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", "/no/such/jdk"));
        assertThat(outcome.printed())
                .isEqualTo("kairos: JAVA_HOME is /no/such/jdk: expected the folder of a JDK 17 or later\n");
        assertThat(outcome.status()).isEqualTo(2);
    }
}
