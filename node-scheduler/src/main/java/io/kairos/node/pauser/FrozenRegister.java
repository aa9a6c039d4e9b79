/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is frozen, in files that outlive this process: one for each task, with the shell command that thaws it. A watchdog beside
 * this process runs them when this process died and no other took the folder over, so that no task stays frozen for ever.
 * Thread-safe for different tasks.
 */
public final class FrozenRegister implements AutoCloseable {
    private static final String SUFFIX = ".frozen";
    private static final String OWNER = "owner";

    /**
     * The watchdog: looks every 5 s whether its process lives; 10 s after its death, unless another one owns the folder, it runs
     * all commands and ends. So what is frozen is thawed within 20 s.
     */
    private static final String WATCHDOG =
            """
            folder=$1 pid=$2 started=$3
            lives() {
              local line fields
              read -r line < /proc/$pid/stat || return 1
              fields=(${line##*) })
              [[ ${fields[19]} == "$started" ]]
            } 2> /dev/null
            while lives; do sleep 5; done
            sleep 10
            read -r owner < "$folder/owner" && [[ $owner == "$pid $started" ]] || exit 0
            for file in "$folder"/*.frozen; do
              bash "$file" && rm -f "$file"
            done
            """;

    private final Path folder;
    private final Process watchdog;

    /**
     * Takes the folder over and starts the watchdog.
     *
     * @throws IOException the folder cannot be written, or no process be started
     */
    public FrozenRegister(Path folder) throws IOException {
        this(folder, new ProcessTable(Path.of("/proc")).self());
    }

    /** @param owner the process whose death is watched for */
    FrozenRegister(Path folder, ProcessStat owner) throws IOException {
        this.folder = Files.createDirectories(folder);
        write(OWNER, owner.pid() + " " + owner.startTicks());
        this.watchdog = new ProcessBuilder(
                        "setsid",
                        "bash",
                        "-c",
                        WATCHDOG,
                        "kairos-watchdog",
                        folder.toAbsolutePath().toString(),
                        Long.toString(owner.pid()),
                        Long.toString(owner.startTicks()))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Notes that the task is about to be frozen. */
    void add(String task, String thawCommand) throws IOException {
        write(task + SUFFIX, thawCommand);
    }

    /** The task is thawed, or gone. */
    void remove(String task) throws IOException {
        Files.deleteIfExists(folder.resolve(task + SUFFIX));
    }

    /** The tasks noted, also those of an earlier process. */
    public List<String> tasks() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Ends the watchdog, unless something is frozen still: then it thaws that when this process is gone. */
    @Override
    public void close() {
        try {
            if (!tasks().isEmpty()) {
                return;
            }
        } catch (IOException unknown) {
            return;
        }
        watchdog.descendants().forEach(ProcessHandle::destroyForcibly);
        watchdog.destroyForcibly();
    }

    private void write(String name, String line) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.writeString(fresh, line + "\n", StandardCharsets.UTF_8);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
