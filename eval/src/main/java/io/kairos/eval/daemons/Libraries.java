/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileUtil;

/**
 * Sets of jars of other projects, fetched by Maven once and kept in the project's folder for what is built. A set is fetched anew
 * when its description has changed. Processes may ask at the same time: one fetches, the others wait.
 */
public final class Libraries {
    private static final String DESCRIPTION = "pom.xml";

    private final Installation installation;
    private final Consumer<String> progress;

    /** @param progress told before something is fetched, which may take a minute */
    public Libraries(Installation installation, Consumer<String> progress) {
        this.installation = installation;
        this.progress = progress;
    }

    /**
     * The folder with the jars of a set.
     *
     * @throws IOException one line: what could not be fetched, and where Maven's words are
     */
    public Path fetch(String name) throws IOException, InterruptedException {
        Path folder = installation.kept(name);
        Path description = installation.description(name);
        if (!Files.isReadable(description)) {
            throw new IOException(description + " is missing: expected the description of the libraries " + name);
        }
        Files.createDirectories(folder.getParent());
        // Another thread's lock of this process would not wait but fail; threads wait here.
        synchronized (Libraries.class) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolveSibling(name + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!isOf(description, folder)) {
                    progress.accept("fetching " + name + " from Maven's repositories");
                    fetch(description, folder);
                }
            }
        }
        return folder;
    }

    private static boolean isOf(Path description, Path folder) throws IOException {
        Path kept = folder.resolve(DESCRIPTION);
        return Files.isReadable(kept) && Files.mismatch(kept, description) < 0;
    }

    private static void fetch(Path description, Path folder) throws IOException, InterruptedException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".new");
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        FileUtil.fullyDelete(draft.toFile());
        List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp", "-f", description.toString()));
        // As for the build; Maven before 3.9 does not read it itself.
        Arrays.stream(System.getenv().getOrDefault("MAVEN_ARGS", "").split("\\s+"))
                .filter(argument -> !argument.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=" + draft));
        Process maven;
        try {
            maven = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("no mvn on the PATH: expected Maven 3.8.7 or later", e);
        }
        try {
            if (maven.waitFor() != 0) {
                throw new IOException(folder.getFileName() + " could not be fetched by Maven: see " + log);
            }
        } finally {
            maven.destroy();
        }
        Files.copy(description, draft.resolve(DESCRIPTION), StandardCopyOption.REPLACE_EXISTING);
        FileUtil.fullyDelete(folder.toFile());
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
