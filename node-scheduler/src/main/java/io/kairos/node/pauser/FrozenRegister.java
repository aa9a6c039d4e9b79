/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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
     * all commands. So what is frozen is thawed within 20 s, and some for the commands. What fails is tried again after 5 s, and
     * in the end every 30 s, for as long as the task lives and nobody else owns the folder. Notes that cannot be deleted do not
     * keep it.
     */
    private static final String WATCHDOG =
            """
            folder=$1 pid=$2 started=$3 look=$4 grace=$5 pause=$6
            lives() {
              local line fields
              read -r line < "/proc/$1/stat" || return 1
              fields=(${line##*) })
              [[ ${fields[19]} == "$2" ]]
            } 2> /dev/null
            owns() {
              local owner
              read -r owner < "$folder/owner" && [[ $owner == "$pid $started" ]]
            } 2> /dev/null
            export -f lives
            declare -A thawed
            while lives $pid $started; do sleep $look; done
            sleep $grace
            while :; do
              left=
              for file in "$folder"/*.frozen; do
                owns || exit 0
                [[ -e $file && ! ${thawed[$file]} ]] || continue
                if timeout 20 bash "$file"; then thawed[$file]=1; rm -f "$file"; else left=1; fi
              done
              [[ $left ]] || exit 0
              sleep $pause
              (( pause = pause < 20 ? pause * 2 : 30 ))
            done
            """;

    /** Environment variables that add options to a Java which a command starts: those of this process are not meant for it. */
    private static final List<String> JAVA_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * How swift a watchdog is, seconds.
     *
     * @param look between two looks whether its process lives
     * @param grace after its death, for another one to own the folder
     * @param pause before what failed is tried for the second time; twice as long each time, up to 30
     */
    record Pace(int look, int grace, int pause) {
        static final Pace USUAL = new Pace(5, 10, 5);
    }

    private final ProcessTable processes = new ProcessTable(Path.of("/proc"));
    private final Path folder;
    private final Process watchdog;

    /**
     * Takes the folder over and starts the watchdog.
     *
     * @throws IOException the folder cannot be written, or no process be started
     */
    public FrozenRegister(Path folder) throws IOException {
        this(folder, new ProcessTable(Path.of("/proc")).self(), Pace.USUAL);
    }

    /** @param owner the process whose death is watched for */
    FrozenRegister(Path folder, ProcessStat owner, Pace pace) throws IOException {
        this.folder = Files.createDirectories(folder);
        write(OWNER, owner.pid() + " " + owner.startTicks());
        ProcessBuilder starting = new ProcessBuilder(
                        "setsid",
                        "bash",
                        "-c",
                        WATCHDOG,
                        "kairos-watchdog",
                        folder.toAbsolutePath().toString(),
                        Long.toString(owner.pid()),
                        Long.toString(owner.startTicks()),
                        Integer.toString(pace.look()),
                        Integer.toString(pace.grace()),
                        Integer.toString(pace.pause()))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        starting.environment().keySet().removeAll(JAVA_OPTIONS);
        this.watchdog = starting.start();
    }

    /**
     * Notes that the task is about to be frozen.
     *
     * @param pid the task's first process: what cannot be thawed is given up once that is gone
     */
    void add(String task, long pid, String thawCommand) throws IOException {
        long started = processes.find(pid).map(ProcessStat::startTicks).orElse(0L);
        // A first process may be gone and others be frozen still, so the command comes first.
        write(task + SUFFIX, "( " + thawCommand + "\n) || ! lives " + pid + " " + started);
    }

    /** The task is thawed, or gone. */
    void remove(String task) throws IOException {
        Files.deleteIfExists(folder.resolve(task + SUFFIX));
    }

    /** Why what that pauser freezes might not be thawed should this process die, in one line; empty if it will. */
    public static Optional<String> trouble(Pauser pauser) {
        return pauser.name().equals("docker") ? EngineCall.trouble() : Optional.empty();
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
