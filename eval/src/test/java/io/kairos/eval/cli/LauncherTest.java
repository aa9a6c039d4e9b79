/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
        return launch(LAUNCHER, "workload", environment);
    }

    private Outcome launch(Path launcher, String command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString(), command);
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

    /** A checkout that was built in the given folder, and a JDK that only says how it was called. */
    private Path builtCheckout(String builtIn, String javaVersion) throws IOException {
        executable(
                "jdk/bin/java",
                "[[ $1 != -version ]] || { echo 'openjdk version \"" + javaVersion
                        + "\"' >&2; exit; }; echo \"ran $*\"");
        executable("jdk/bin/javac", "exit 0");
        executable("tools/mvn", "exit 1");
        Path launcher = Files.copy(LAUNCHER, folder.resolve("kairos"));
        Files.createFile(folder.resolve("pom.xml"));
        for (String module : List.of("central-scheduler", "node-scheduler", "yarn-plugin", "workloads", "eval")) {
            Files.createDirectories(folder.resolve(module + "/src/main"));
            Files.createFile(folder.resolve(module + "/pom.xml"));
        }
        Path target =
                Files.createDirectories(folder.resolve("eval/target/classes")).resolveSibling("classpath.txt");
        Files.writeString(target, folder.resolve("kairos").toString());
        Path stamp = Files.writeString(target.resolveSibling("launcher-build"), builtIn + "\n");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
        return launcher;
    }

    private Map<String, String> builtEnvironment() {
        return Map.of(
                "JAVA_HOME",
                folder.resolve("jdk").toString(),
                "PATH",
                folder.resolve("tools") + ":/usr/bin:/bin",
                "KAIROS_JAVA_OPTS",
                "");
    }

    @Test
    void aBuiltCheckoutRunsAtOnce() throws Exception {
        Path launcher = builtCheckout(folder.toRealPath().toString(), "24.0.1");
        Outcome outcome = launch(launcher, "demo", builtEnvironment());
        assertThat(outcome.printed())
                .startsWith("ran ")
                .contains("launchMechanism=VFORK")
                .endsWith("KairosMain demo\n");
    }

    @Test
    void aSimulationGetsACollectorThatSuitsIt() throws Exception {
        Path launcher = builtCheckout(folder.toRealPath().toString(), "24.0.1");
        assertThat(launch(launcher, "simulate", builtEnvironment()).printed())
                .contains("-Xmx1500m")
                .contains("-XX:+UseParallelGC");
        assertThat(launch(launcher, "status", builtEnvironment()).printed()).doesNotContain("ParallelGC");
    }

    @Test
    void whoWantsMoreMemoryKeepsTheCollectorAndWhoWantsAnotherOneGetsIt() throws Exception {
        Path launcher = builtCheckout(folder.toRealPath().toString(), "24.0.1");
        Map<String, String> environment = new HashMap<>(builtEnvironment());
        environment.put("KAIROS_JAVA_OPTS", "-Xmx8g");
        assertThat(launch(launcher, "experiment", environment).printed())
                .contains("-XX:+UseParallelGC")
                .contains("-Xmx8g")
                .doesNotContain("-Xmx1500m");
        environment.put("KAIROS_JAVA_OPTS", "-XX:+UseG1GC");
        assertThat(launch(launcher, "experiment", environment).printed())
                .contains("-XX:+UseG1GC")
                .doesNotContain("ParallelGC");
    }

    @Test
    void aCopyOfABuiltCheckoutIsBuiltAnew() throws Exception {
        Path launcher = builtCheckout("/the/original", "24.0.1");
        Outcome outcome = launch(launcher, "demo", builtEnvironment());
        assertThat(outcome.printed()).contains("kairos: the build failed").doesNotContain("ran ");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aLateJavaIsNotToldWhatItWarnsOf() throws Exception {
        Path launcher = builtCheckout(folder.toRealPath().toString(), "25");
        assertThat(launch(launcher, "demo", builtEnvironment()).printed())
                .startsWith("ran ")
                .doesNotContain("VFORK");
    }

    @Test
    void aJavaThatCannotRunIsOneLine() throws Exception {
        Path java = executable("jdk/bin/java", "exit 127");
        executable("jdk/bin/javac", "exit 0");
        Outcome outcome = launch(Map.of("JAVA_HOME", folder.resolve("jdk").toString()));
        assertThat(outcome.printed())
                .isEqualTo("kairos: " + java + " is version unknown: expected a JDK 17 or later\n");
        assertThat(outcome.status()).isEqualTo(2);
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
