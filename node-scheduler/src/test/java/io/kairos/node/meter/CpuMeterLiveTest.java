/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real processes, in real groups and without. */
final class CpuMeterLiveTest {
    private static final String PARENT =
            "kairos-test-meter-" + ProcessHandle.current().pid();
    private static final String BURN = "while :; do :; done";
    private static final String SLEEP = "read -r never <> <(:)";
    private static final long MILLISECOND = 1_000_000;

    private final CpuMeter meter = new CpuMeter();
    private final Map<String, Process> processes = new HashMap<>();
    private final List<Path> groups = new ArrayList<>();
    private final Pauser pauser = openPauser();

    CpuMeterLiveTest() throws IOException {}

    @AfterEach
    void leaveNothing() throws Exception {
        for (Map.Entry<String, Process> entry : processes.entrySet()) {
            pauser.thaw(entry.getKey());
            entry.getValue().descendants().forEach(ProcessHandle::destroyForcibly);
            entry.getValue().destroyForcibly().waitFor();
            pauser.release(entry.getKey());
        }
        for (Path group : groups) {
            awaitDeleted(group);
        }
        for (Path group : groups) {
            awaitDeleted(group.resolveSibling(""));
        }
        pauser.close();
    }

    private static void awaitDeleted(Path group) {
        // A group is busy until the last of its processes is reaped.
        Awaitility.await().ignoreExceptions().until(() -> Files.deleteIfExists(group) || Files.notExists(group));
    }

    @Test
    void theBusyTaskAttainsAndTheSleepingOneDoesNotInGroups() throws IOException {
        start("busy", joinGroup("busy"), BURN);
        start("idle", joinGroup("idle"), SLEEP);
        busyAgainstIdle();
        assertThat(time("busy").counter()).contains("/busy since process ");
    }

    @Test
    void theBusyTaskAttainsAndTheSleepingOneDoesNotWithoutGroups() throws IOException {
        start("busy", "", BURN);
        start("idle", "", SLEEP);
        busyAgainstIdle();
        assertThat(time("busy").counter()).startsWith("processes");
    }

    /** Bounds as wide as a machine that has other things to do needs them. */
    private void busyAgainstIdle() {
        long began = System.nanoTime();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> time("busy").nanos() > Duration.ofMillis(500).toNanos());
        long busy = time("busy").nanos();
        long wall = System.nanoTime() - began;
        assertThat(busy).as("one thread, started a moment before").isLessThan(wall + 500 * MILLISECOND);
        assertThat(time("idle").nanos()).isLessThan(100 * MILLISECOND).isLessThan(busy / 4);
    }

    @Test
    void aPausedTaskAttainsNothing() throws IOException {
        start("busy", joinGroup("busy"), BURN);
        Awaitility.await().until(() -> time("busy").nanos() > 50 * MILLISECOND);
        pauser.pause("busy", pid("busy"));
        long paused = time("busy").nanos();
        Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(time("busy").nanos() - paused).isBetween(0L, MILLISECOND);
        pauser.resume("busy", pid("busy"));
        Awaitility.await().until(() -> time("busy").nanos() > paused + 20 * MILLISECOND);
    }

    @Test
    void whatChildrenUsedThatHaveEndedStays() throws IOException {
        start("parent", "", "for i in 1 2 3; do bash -c 'for ((i = 0; i < 60000; i++)); do :; done'; done; " + SLEEP);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> process("parent").descendants().findAny().isEmpty()
                        && time("parent").nanos() > 60 * MILLISECOND);
    }

    @Test
    void aTaskThatEndedIsLeftOut() throws Exception {
        start("short", "", "true");
        process("short").waitFor();
        CpuMeter.Round round = meter.read(Map.of("short", pid("short")));
        assertThat(round.times()).isEmpty();
        assertThat(round.failures()).isEmpty();
    }

    private CpuTime time(String task) {
        CpuMeter.Round round = meter.read(Map.of(task, pid(task)));
        assertThat(round.failures()).isEmpty();
        return Optional.ofNullable(round.times().get(task)).orElseThrow();
    }

    private Process process(String task) {
        return Objects.requireNonNull(processes.get(task));
    }

    private long pid(String task) {
        return process(task).pid();
    }

    /**
     * A task as a NodeManager starts one: it leads a session and joins the pauser's group before all else but a counting group;
     * in the unified hierarchy, where a process is in one group only, the pauser's counts, too.
     */
    private void start(String task, String join, String script) throws IOException {
        String freezer = pauser.prepare(task)
                .map(file -> "echo $$ > '" + file + "' || exit 9\n")
                .orElse("");
        processes.put(
                task,
                new ProcessBuilder("setsid", "bash", "-c", join + freezer + script)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Script lines that join a group of the task alone, in the first hierarchy that counts and lets us. */
    private String joinGroup(String task) throws IOException {
        for (CpuHierarchy hierarchy : CpuHierarchy.parse(Texts.read(Path.of("/proc/self/mountinfo")))) {
            Path group = hierarchy.mountPoint().resolve(PARENT).resolve(task);
            try {
                Files.createDirectories(group);
            } catch (IOException e) {
                continue;
            }
            groups.add(group);
            return "echo $$ > '" + group.resolve("cgroup.procs") + "' || exit 9\n";
        }
        return abort("left out: no group that counts CPU time can be made here");
    }

    private static Pauser openPauser() {
        try {
            return Pausers.choose("auto", PARENT + "-freezer").pauser();
        } catch (IOException e) {
            return abort("left out: " + e.getMessage());
        }
    }
}
