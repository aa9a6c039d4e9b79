/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a throttling pauser owes beyond the contract, on the controllers of this machine. */
abstract class ThrottleLiveContract extends PauserContract {
    private static final String TOP =
            "kairos-throttle-" + ProcessHandle.current().pid();
    private static final String BUSY = "while :; do :; done";

    /** As the kernel counts: each is a tenth of a second, in which a slowed-down task runs for a millisecond. */
    private static final long PERIODS = 30;

    /** Hundredths of a second; without a limit it would be at least some 150, on two cores that others use too. */
    private static final long FEW_TICKS = 25;

    private final FreezerVersion version;
    private final CgroupPauser groups;
    private final GroupBrake brake;

    ThrottleLiveContract(FreezerVersion version, Path folder) throws IOException {
        this(version, groups(version), folder);
    }

    private ThrottleLiveContract(FreezerVersion version, CgroupPauser groups, Path folder) throws IOException {
        super(throttling(groups), folder);
        this.version = version;
        this.groups = groups;
        this.brake = groups.brake(false);
    }

    private static CgroupPauser groups(FreezerVersion version) throws IOException {
        String mountinfo = KernelFiles.SYSTEM.read(FreezerMounts.MOUNT_INFO);
        List<FreezerMounts.Mount> mounts = FreezerMounts.parse(mountinfo).stream()
                .filter(mount -> mount.version() == version)
                .toList();
        try {
            return CgroupDetection.detect(mounts, FreezerMounts.roots(mountinfo), TOP + "/node", Deadline.Pace.SYSTEM);
        } catch (IOException e) {
            return abort("skipped, this machine forbids the " + version.title() + ": " + e.getMessage());
        }
    }

    private static ThrottlingPauser throttling(CgroupPauser groups) {
        try {
            return CgroupDetection.throttling(groups);
        } catch (IOException e) {
            return abort("skipped, this machine has no cpu controller for it: " + e.getMessage());
        }
    }

    @Override
    void assertNothingLeft() throws IOException {
        assertThat(groups.root().resolve(TOP)).doesNotExist();
        assertThat(brake.group("task").resolve("../..").normalize()).doesNotExist();
    }

    private void throttle(LiveTask task) throws IOException {
        task.pause();
        pauser().relax(task.name, task.pid());
    }

    @Test
    void aThrottledLoopGetsAHundredthOfACoreAndAllOfItAfterTheResume() throws IOException {
        LiveTask task = start("busy", BUSY);
        awaitTicks(task, 10);
        throttle(task);
        assertThat(task.isPaused()).isTrue();
        assertThat(groups.isPaused(task.name, task.pid())).as("frozen").isFalse();

        long ticks = ticks(task);
        long throttled = stat(task, "nr_throttled");
        long periods = stat(task, "nr_periods");
        LiveTask.await("it runs", () -> ticks(task) > ticks);
        LiveTask.await("the kernel counts periods", () -> stat(task, "nr_periods") >= periods + PERIODS);
        assertThat(stat(task, "nr_throttled")).isGreaterThan(throttled + PERIODS / 2);
        assertThat(ticks(task) - ticks).isLessThan(FEW_TICKS);

        task.resume();
        assertThat(task.isPaused()).isFalse();
        assertThat(Files.readString(limit(task)).strip()).isEqualTo(version == FreezerVersion.V1 ? "-1" : "max 100000");
        awaitTicks(task, 100);
    }

    @Test
    void aKillReachesAThrottledTaskAtOnce() throws Exception {
        LiveTask task = start("killed", BUSY);
        throttle(task);
        task.signal("KILL");
        task.awaitEnd();
    }

    @Test
    void fiftyRoundsAtACrawlLoseNothing() throws IOException {
        LiveTask task = start("rounds", "count counter");
        for (int round = 0; round < 50; round++) {
            task.awaitGrowth("counter");
            throttle(task);
            assertThat(task.isPaused()).isTrue();
            if (round % 10 == 0) {
                task.awaitGrowth("counter");
            }
            task.resume();
            assertThat(task.isPaused()).isFalse();
        }
        task.awaitGrowth("counter");
        task.assertUnbroken("counter");
    }

    @Test
    void aTaskMayExitWhileItIsThrottledAndLeavesNothing() throws IOException {
        LiveTask task = start("exiting", "while [ ! -e stop ]; do sleep 0.01; done");
        throttle(task);
        Files.createFile(task.file("stop"));
        task.awaitEnd();
        pauser().resume(task.name, task.pid());
        pauser().release(task.name);
        assertThat(brake.group(task.name)).doesNotExist();
    }

    @Test
    void allThatATaskHasStartedComesUnderTheLimit() throws IOException {
        LiveTask task = start("family", "sleep 100 & ( sleep 100 & wait ) & setsid sleep 100 & wait");
        LiveTask.await("all have started", () -> task.processes().size() >= 5);
        throttle(task);
        assertThat(KernelFiles.SYSTEM
                        .read(Freezer.processList(brake.group(task.name)))
                        .lines()
                        .map(Long::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        task.processes().stream().map(ProcessStat::pid).toList());
    }

    @Test
    void whatIsThrottledIsFoundByALaterPauserAndByOneThatOnlyFreezes() throws IOException {
        LiveTask task = start("left", BUSY);
        LiveTask other = start("other", BUSY);
        throttle(task);
        throttle(other);

        ThrottlingPauser later = new ThrottlingPauser(groups(version), groups.brake(false));
        assertThat(later.frozenTasks()).containsExactly("left", "other");
        assertThat(later.isPaused("left", task.pid())).isTrue();
        later.resume("left", task.pid());
        assertThat(later.frozenTasks()).containsExactly("other");

        assertThat(Pausers.liftLimits(TOP + "/node", false)).containsExactly("other");
        assertThat(later.frozenTasks()).isEmpty();
    }

    @Test
    void theCommandForTheWatchdogLiftsTheLimitAndThaws() throws Exception {
        LiveTask task = start("watched", BUSY);
        String command = pauser().thawCommand(task.name, task.pid()).orElseThrow();
        for (boolean relaxed : List.of(false, true)) {
            task.pause();
            if (relaxed) {
                pauser().relax(task.name, task.pid());
            }
            assertThat(new ProcessBuilder("bash", "-c", command).start().waitFor())
                    .isZero();
            assertThat(task.isPaused()).isFalse();
        }
    }

    @Test
    void aThrottledTaskWhoseLimitSomebodyLiftedIsSeenAndPutRight() throws IOException {
        LiveTask task = start("lifted", BUSY);
        throttle(task);
        brake.lift(task.name);
        assertThat(task.isPaused()).isFalse();
        throttle(task);
        assertThat(task.isPaused()).isTrue();
    }

    private Path limit(LiveTask task) {
        return (version == FreezerVersion.V1 ? CpuQuota.V1 : CpuQuota.V2).file(brake.group(task.name));
    }

    private long stat(LiveTask task, String name) {
        try {
            return Files.readAllLines(brake.group(task.name).resolve("cpu.stat")).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitTicks(LiveTask task, long more) {
        long before = ticks(task);
        LiveTask.await("it uses the processor", () -> ticks(task) >= before + more);
    }

    /** Processor time of the first process, in hundredths of a second. */
    private static long ticks(LiveTask task) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(task.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
