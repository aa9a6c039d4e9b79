/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.EngineInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of another user that does with {@link ContainerParents} what it is told, a line each; takes root to start. */
final class OtherUser implements AutoCloseable {
    private final Path classes;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    OtherUser(String user) throws IOException {
        classes = Files.createTempDirectory("kairos-other-user");
        Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Where the build lies the other user may not be allowed to look.
        copy(Path.of("target", "classes"));
        copy(Path.of("target", "test-classes"));
        String group = Objects.requireNonNull(
                new ProcessBuilder("id", "-g", user).start().inputReader().readLine(), "there is no user " + user);
        process = new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        user,
                        "--regid",
                        group,
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        OtherUser.class.getName())
                .directory(classes.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        questions = process.outputWriter();
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = classes.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else {
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        }
    }

    /** {@code done}, or the message of what was thrown. */
    String ask(String line) throws IOException {
        questions.write(line + "\n");
        questions.flush();
        return Objects.requireNonNull(answers.readLine(), "the process ended");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        questions.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The other process. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Other other = new Other();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                other.doAsTold(line.split(" ", -1));
                System.out.println("done");
            } catch (IOException | RuntimeException e) {
                System.out.println(e);
            }
        }
    }

    /** What it has opened. */
    private static final class Other {
        @SuppressWarnings("NullAway.Init")
        private ContainerParents parents;

        @SuppressWarnings("NullAway.Init")
        private Pauser pauser;

        void doAsTold(String[] words) throws IOException {
            switch (words[0]) {
                case "open" -> {
                    parents = new ContainerParents(
                            words[1], new EngineInfo("any", words[2], "cgroupfs", true), PauseMode.THROTTLE, false);
                    parents.probe();
                    pauser = parents.pauser(new ContainerGroupPauser());
                }
                case "place" -> parents.place(spec(words[1]));
                case "pause" -> pauser.pause(words[1], Long.parseLong(words[2]));
                case "relax" -> pauser.relax(words[1], Long.parseLong(words[2]));
                case "resume" -> pauser.resume(words[1], Long.parseLong(words[2]));
                case "release" -> pauser.release(words[1]);
                default -> throw new IllegalArgumentException(words[0]);
            }
        }

        private static ContainerSpec spec(String name) {
            return new ContainerSpec(
                    name, "image", "0:0", List.of(), List.of(), List.of(), List.of(), null, List.of(), "host",
                    List.of(), 0, 1024, 0, null, Map.of());
        }
    }
}
