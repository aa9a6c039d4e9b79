/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a cgroup pauser owes beyond the contract, on the freezer of this machine. */
abstract class CgroupLiveContract extends PauserContract {
    private static final String TOP = "kairos-test-" + ProcessHandle.current().pid();

    private final FreezerVersion version;
    private final Path root;

    CgroupLiveContract(FreezerVersion version, Path folder) throws IOException {
        super(open(version), folder);
        this.version = version;
        this.root = mounts(version).get(0).root();
    }

    private static List<FreezerMounts.Mount> mounts(FreezerVersion version) throws IOException {
        return FreezerMounts.parse(KernelFiles.SYSTEM.read(Path.of("/proc/self/mountinfo"))).stream()
                .filter(mount -> mount.version() == version)
                .toList();
    }

    /** A pauser on this machine's freezer, or the end of the test where the machine does not let us. */
    private static CgroupPauser open(FreezerVersion version) throws IOException {
        try {
            return CgroupDetection.detect(mounts(version), TOP + "/node", Deadline.Pace.SYSTEM);
        } catch (IOException e) {
            return abort("skipped, this machine forbids the " + version.title() + ": " + e.getMessage());
        }
    }

    @Override
    void assertNothingLeft() {
        assertThat(root.resolve(TOP)).doesNotExist();
    }

    @Test
    void frozenTasksAreFoundAndThawedByALaterPauser() throws IOException {
        LiveTask frozen = start("frozen", "count counter");
        LiveTask running = start("running", "count counter");
        frozen.pause();
        Pauser later = open(version);
        assertThat(later.frozenTasks()).containsExactly("frozen");
        later.thaw("frozen");
        later.thaw("never-seen");
        assertThat(later.frozenTasks()).isEmpty();
        frozen.awaitGrowth("counter");
        running.awaitGrowth("counter");
    }

    @Test
    void releaseLetsAFrozenAndKilledTaskDie() throws Exception {
        LiveTask task = start("killed-frozen", "count counter");
        task.pause();
        task.signal("KILL");
        assertThat(task.isPaused() || version == FreezerVersion.V2)
                .as("v1 keeps what is frozen alive")
                .isTrue();
        pauser().release("killed-frozen");
        task.awaitEnd();
        assertThat(Files.exists(root.resolve(TOP).resolve("node/killed-frozen")))
                .isFalse();
    }

    @Test
    void aDaemonThatLeftSessionAndParentIsFrozenToo() throws IOException {
        LiveTask task = start("daemon", "export -f count; ( setsid bash -c 'count daemon' & ); count counter");
        for (int round = 0; round < 10; round++) {
            task.awaitGrowth("daemon");
            task.pause();
            long size = task.size("daemon");
            LiveTask.letTimePass(Duration.ofMillis(8));
            assertThat(task.size("daemon")).isEqualTo(size);
            task.resume();
        }
    }
}
