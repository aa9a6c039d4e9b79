/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files say what when a task is slowed down, in both versions. */
final class GroupBrakeTest {
    private static final long PID = 4711;

    private final Path frozen;
    private final Path limited;
    private final FakeCpu kernel = new FakeCpu();

    GroupBrakeTest(@TempDir Path root) {
        frozen = root.resolve("freezer");
        limited = root.resolve("cpu");
    }

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(frozen);
        Files.createDirectories(limited);
    }

    private GroupBrake version1(boolean containersAreLimited) {
        return new GroupBrake(CpuQuota.V1, frozen, limited, containersAreLimited, kernel);
    }

    private GroupBrake version2() {
        return new GroupBrake(CpuQuota.V2, limited, limited, false, kernel);
    }

    @Test
    void version1BringsTheTasksProcessesUnderAQuotaOfTheLeastTheKernelTakes() throws IOException {
        kernel.group(frozen.resolve("task"), "cgroup.procs 4711\n4712");
        kernel.group(limited.resolve("task"), "cgroup.procs 4712");

        version1(false).apply("task", PID);

        assertThat(kernel.written())
                .containsExactly("cgroup.procs 4711", "cpu.cfs_period_us 100000", "cpu.cfs_quota_us 1000");
        assertThat(version1(false).isApplied("task", PID)).isTrue();
        assertThat(version1(false).appliedTasks()).containsExactly("task");

        version1(false).lift("task");
        assertThat(kernel.written()).endsWith("cpu.cfs_quota_us -1");
        assertThat(version1(false).isApplied("task", PID)).isFalse();
        assertThat(version1(false).appliedTasks()).isEmpty();
    }

    @Test
    void version2LimitsTheGroupThatAlsoFreezes() throws IOException {
        kernel.group(limited.resolve("task"), "cgroup.procs 4711", "cpu.max max 100000");

        version2().apply("task", PID);
        assertThat(kernel.written()).containsExactly("cpu.max 1000 100000");
        assertThat(version2().isApplied("task", PID)).isTrue();

        version2().lift("task");
        assertThat(kernel.written()).endsWith("cpu.max max 100000");
        assertThat(version2().isApplied("task", PID)).isFalse();
    }

    @Test
    void theControllerIsEnabledFromTheRootDownWhereItIsNot(@TempDir Path root) throws IOException {
        Path parent = root.resolve("kairos/node-1");
        kernel.group(root, "cgroup.subtree_control cpu memory");
        kernel.group(root.resolve("kairos"), "cgroup.subtree_control ");
        kernel.group(parent, "cgroup.subtree_control memory");

        new GroupBrake(CpuQuota.V2, parent, parent, false, kernel).enable(root);

        assertThat(kernel.written()).containsExactly("cgroup.subtree_control +cpu", "cgroup.subtree_control +cpu");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("cpu memory");
    }

    @Test
    void whatIsNotLimitedIsLeftAloneByALift() throws IOException {
        kernel.group(limited.resolve("task"), "cpu.cfs_quota_us 50000");
        version1(false).lift("task");
        version1(false).lift("never-seen");
        version2().lift("never-seen");
        assertThat(kernel.written()).isEmpty();
        assertThat(version1(false).isApplied("never-seen", PID)).isFalse();
    }

    @Test
    void aLimitThatTheKernelDoesNotKeepIsSaidInOneLine() throws IOException {
        kernel.group(frozen.resolve("task"), "cgroup.procs 4711");
        kernel.ignoreWrites();
        assertThatThrownBy(() -> version1(false).apply("task", PID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot slow down task task by " + limited.resolve("task/cpu.cfs_quota_us"))
                .hasMessageContaining("it reads '-1'")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void theGroupOfAContainerHasTheContainersWeightAndInVersion1ItsLimitWhichComesBack() throws IOException {
        GroupBrake brake = version1(true);
        brake.prepareContainer("task", 3);
        assertThat(kernel.written()).containsExactly("cpu.shares 3072", "cpu.cfs_quota_us 300000");
        kernel.group(frozen.resolve("task"));

        brake.apply("task", PID);
        assertThat(brake.isApplied("task", PID)).isTrue();
        assertThat(brake.liftCommand("task", PID))
                .contains("echo 300000 > '" + limited.resolve("task/cpu.cfs_quota_us") + "'");
        brake.lift("task");
        assertThat(limited.resolve("task/cpu.cfs_quota_us")).hasContent("300000");

        kernel.group(limited.resolve("other"), "cpu.max 5 100000");
        version2().prepareContainer("other", 2);
        assertThat(limited.resolve("other/cpu.weight")).hasContent("79");
        assertThat(limited.resolve("other/cpu.max")).hasContent("max 100000");
    }
}
