/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meter on folders that look like the kernel's. */
final class CpuMeterTest {
    private static final String TASK = "container_1_0001_01_000002";
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final long PID = 700;

    private final Path folder;

    CpuMeterTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        write("proc/self/cgroup", "2:cpuacct:/\n0::/\n");
        // A version 1 hierarchy of which all is seen, the unified one beside it, and two others.
        mounts(mount("/", "v2", "cgroup2", "rw"), mount("/", "v1", "cgroup", "rw,cpu,cpuacct"), "x", "");
    }

    @Test
    void aGroupThatBearsTheTasksNameIsRead() throws IOException {
        process("3:cpu,cpuacct:/kairos/" + TASK + "\n0::/\n");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "1234567890123\n");
        assertThat(nanos()).isEqualTo(1_234_567_890_123L);
    }

    @Test
    void aContainersOwnGroupIsReadWithEitherDriver() throws IOException {
        process("3:cpuacct:/docker/" + HASH + "\n");
        write("v1/docker/" + HASH + "/cpuacct.usage", "5\n");
        assertThat(nanos()).isEqualTo(5);
        process("3:cpuacct:/system.slice/docker-" + HASH + ".scope\n");
        write("v1/system.slice/docker-" + HASH + ".scope/cpuacct.usage", "6\n");
        assertThat(nanos()).isEqualTo(6);
    }

    @Test
    void ofGroupsInsideEachOtherTheOutermostCountsForAll() throws IOException {
        process("3:cpuacct:/kairos/" + TASK + "/" + HASH + "\n");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "7\n");
        write("v1/kairos/" + TASK + "/" + HASH + "/cpuacct.usage", "6\n");
        assertThat(nanos()).isEqualTo(7);
    }

    @Test
    void theUnifiedHierarchyCountsInMicroseconds() throws IOException {
        mounts(mount("/", "v2", "cgroup2", "rw"));
        process("0::/kairos/" + TASK + "\n");
        write("v2/kairos/" + TASK + "/cpu.stat", "usage_usec 42\nuser_usec 40\nsystem_usec 2\n");
        assertThat(nanos()).isEqualTo(42_000);
    }

    @Test
    void theUnifiedHierarchyIsAskedWhereTheOtherHasNoGroup() throws IOException {
        process("3:cpuacct:/\n0::/kairos/" + TASK + "\n");
        write("v2/kairos/" + TASK + "/cpu.stat", "usage_usec 42\n");
        assertThat(nanos()).isEqualTo(42_000);
    }

    @Test
    void whereOnlyAPartIsMountedPathsAreThoseOfThatPart() throws IOException {
        mounts(mount("/outer", "v1", "cgroup", "rw,cpuacct"));
        process("3:cpuacct:/outer/kairos/" + TASK + "\n");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "8\n");
        assertThat(nanos()).isEqualTo(8);
        process("3:cpuacct:/elsewhere/" + TASK + "\n");
        assertThat(time().counter()).startsWith("processes");
        process("3:cpuacct:/outer/../" + TASK + "\n");
        assertThat(time().counter()).startsWith("processes");
    }

    @Test
    void aSharedGroupIsNeverRead() throws IOException {
        write("v1/cpuacct.usage", "999\n");
        write("v1/kairos/cpuacct.usage", "999\n");
        process("3:cpuacct:/\n0::/\n");
        assertThat(nanos()).as("ticks of its process").isEqualTo(100_000_000);
        process("3:cpuacct:/kairos\n");
        assertThat(nanos()).isEqualTo(100_000_000);
    }

    @Test
    void theContainerThisProcessRunsInIsNoTasks() throws IOException {
        write("proc/self/cgroup", "3:cpuacct:/docker/" + HASH + "\n");
        write("v1/docker/" + HASH + "/cpuacct.usage", "999\n");
        process("3:cpuacct:/docker/" + HASH + "\n");
        assertThat(nanos()).isEqualTo(100_000_000);
        process("3:cpuacct:/docker/" + HASH + "/kairos/" + TASK + "\n");
        write("v1/docker/" + HASH + "/kairos/" + TASK + "/cpuacct.usage", "3\n");
        assertThat(nanos()).isEqualTo(3);
    }

    @Test
    void processesOfATaskAreAddedUp() throws IOException {
        process("3:cpuacct:/\n");
        stat(PID + 1, PID, PID, 1); // a child
        stat(PID + 2, PID + 1, PID + 2, 1); // a grandchild in a session of its own
        stat(PID + 3, 1, PID + 3, 1); // a stranger
        assertThat(nanos()).isEqualTo(3 * 100_000_000L);
    }

    @Test
    void anotherFirstProcessIsAnotherCounter() throws IOException {
        process("3:cpuacct:/kairos/" + TASK + "\n");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "1\n");
        write("proc/" + (PID + 1) + "/cgroup", "3:cpuacct:/kairos/" + TASK + "\n");
        CpuTime other = new CpuMeter(folder.resolve("proc"))
                .read(Map.of(TASK, PID + 1))
                .times()
                .get(TASK);
        assertThat(other).isNotNull().isNotEqualTo(time());
    }

    @Test
    void aTaskWithoutProcessesIsLeftOut() throws IOException {
        CpuMeter.Round round = new CpuMeter(folder.resolve("proc")).read(Map.of(TASK, PID));
        assertThat(round.times()).isEmpty();
        assertThat(round.failures()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldAndKeepsNoOtherFromBeingRead() throws IOException {
        process("3:cpuacct:/kairos/" + TASK + "\n");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "much\n");
        stat(PID + 1, 1, PID + 1, 1);
        write("proc/" + (PID + 1) + "/cgroup", "3:cpuacct:/\n");
        CpuMeter.Round round =
                new CpuMeter(folder.resolve("proc")).read(Map.of(TASK, PID, "other", PID + 1, "gone", PID + 2));
        assertThat(round.times()).containsOnlyKeys("other");
        assertThat(round.failures()).containsOnlyKeys(TASK);
        assertThat(round.failures().get(TASK))
                .hasMessage(folder.resolve("v1/kairos/" + TASK + "/cpuacct.usage")
                        + " reads 'much': expected a CPU time (nanoseconds)");
        write("v1/kairos/" + TASK + "/cpuacct.usage", "-1\n");
        assertThat(new CpuMeter(folder.resolve("proc")).read(Map.of(TASK, PID)).failures())
                .containsOnlyKeys(TASK);
    }

    @Test
    void withoutAProcessFileSystemNothingCanBeRead() {
        assertThatThrownBy(() -> new CpuMeter(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CPU time cannot be read")
                .hasMessageContaining("expected a mounted");
    }

    private CpuTime time() throws IOException {
        CpuMeter.Round round = new CpuMeter(folder.resolve("proc")).read(Map.of(TASK, PID));
        assertThat(round.failures()).isEmpty();
        assertThat(round.times()).containsOnlyKeys(TASK);
        return round.times().getOrDefault(TASK, new CpuTime("none", 0));
    }

    private long nanos() throws IOException {
        return time().nanos();
    }

    /** The task's first process, with ten ticks, in these groups. */
    private void process(String groups) throws IOException {
        write("proc/" + PID + "/cgroup", groups);
        stat(PID, 1, PID, 1);
    }

    private void stat(long pid, long parent, long session, long ticks) throws IOException {
        write(
                "proc/" + pid + "/stat",
                pid + " (a b) S " + parent + " " + session + " " + session + " 0 -1 4194304 9 9 9 9 " + ticks + " "
                        + 2 * ticks + " " + 3 * ticks + " " + 4 * ticks + " 20 0 1 0 5 1000 200\n");
    }

    private String mount(String root, String name, String type, String options) {
        return "30 20 0:26 " + root + " " + folder.resolve(name) + " rw,relatime shared:9 - " + type + " cgroup "
                + options;
    }

    private void mounts(String... lines) throws IOException {
        write("proc/self/mountinfo", String.join("\n", lines) + "\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}
