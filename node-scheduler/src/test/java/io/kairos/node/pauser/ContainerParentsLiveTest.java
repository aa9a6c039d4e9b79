/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers in groups of our own, on a real engine. */
@DockerTest
class ContainerParentsLiveTest {
    private static final String PARENT =
            "kairos-parents-" + ProcessHandle.current().pid();

    private static final long CORE = 1_000_000_000L;
    private static final long FEW_MICROS = 250_000;
    private static final long PERIODS = 30;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Lab lab;

    @SuppressWarnings("NullAway.Init")
    private EngineInfo info;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        lab = new Lab(folder);
        info = lab.engine.info();
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
        ContainerParents parents = parents(PauseMode.FREEZE, false);
        parents.sweep();
        parents.pauser(new ContainerGroupPauser()).close();
        for (Path left : parents.folders("")) {
            assertThat(left).doesNotExist();
        }
    }

    /** The groups, if this machine lets us make them. */
    private ContainerParents parents(PauseMode mode, boolean limited) throws IOException {
        ContainerParents parents = new ContainerParents(PARENT, info, mode, limited);
        try {
            parents.probe();
        } catch (IOException forbidden) {
            assumeTrue(false, "skipped: " + forbidden.getMessage());
        }
        return parents;
    }

    private static Pauser pauser(ContainerParents parents) throws IOException {
        return parents.pauser(new ContainerGroupPauser());
    }

    private String start(ContainerParents parents, String script, int cores, long nanoCpus) throws IOException {
        String task = Lab.newName();
        ContainerSpec spec = lab.spec(task, script, cores, nanoCpus);
        lab.start(parents.place(spec));
        long pid = lab.pid(task);
        assertThat(pid == 0 || parents.confirm(task, pid)).isTrue();
        return task;
    }

    private void assertNothingLeftOf(ContainerParents parents, String task) throws IOException {
        lab.engine.remove(task);
        pauser(parents).release(task);
        for (Path left : parents.folders(task)) {
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void fiftyPausesOfOneContainerLoseNothing() throws IOException {
        ContainerParents parents = parents(PauseMode.FREEZE, false);
        String task = start(parents, Lab.COUNT, 2, 0);
        long pid = lab.pid(task);
        Pauser pauser = pauser(parents);
        for (int round = 0; round < 50; round++) {
            LabCounter.awaitGrowth(lab);
            pauser.pause(task, pid);
            assertThat(pauser.isPaused(task, pid)).isTrue();
            assertThat(new ContainerGroupPauser().isPaused(task, pid))
                    .as("as its own group sees it")
                    .isTrue();
            long size = LabCounter.size(lab);
            LiveTask.letTimePass(Duration.ofMillis(8));
            assertThat(LabCounter.size(lab)).as("round %d", round).isEqualTo(size);
            pauser.resume(task, pid);
            assertThat(pauser.isPaused(task, pid)).isFalse();
        }
        if (info.cgroupVersion().equals("1")) {
            assertThat(limits(parents, task).resolve("cpu.shares")).hasContent("2048");
        }
        assertNothingLeftOf(parents, task);
    }

    @Test
    void whatAnEngineMadeInTheGroupAndForgotGoesWithIt() throws IOException {
        ContainerParents parents = parents(PauseMode.FREEZE, false);
        String task = start(parents, Lab.COUNT, 1, 0);
        String other = start(parents, Lab.COUNT, 1, 0);
        for (String each : List.of(task, other)) {
            for (Path group : parents.folders(each)) {
                Files.createDirectories(group.resolve("forgotten/below"));
            }
        }
        assertNothingLeftOf(parents, task);
        parents.sweep();
        assertThat(limits(parents, other)).exists();
        assertThat(parents.folders(other))
                .allSatisfy(group -> assertThat(group.resolve("forgotten")).doesNotExist());
        lab.engine.remove(other);
        parents.sweep();
        assertThat(parents.folders(other)).allSatisfy(group -> assertThat(group).doesNotExist());
    }

    @Test
    void aThrottledContainerGetsAHundredthOfACoreAndItsLimitBack() throws IOException {
        ContainerParents parents = parents(PauseMode.THROTTLE, true);
        String task = start(parents, "while :; do :; done", 1, CORE);
        long pid = lab.pid(task);
        Pauser pauser = pauser(parents);
        Path group = limits(parents, task);
        Path quota = CpuQuota.V1.file(group).toFile().exists() ? CpuQuota.V1.file(group) : CpuQuota.V2.file(group);
        String usual = Files.readString(quota);
        for (int round = 0; round < 10; round++) {
            pauser.pause(task, pid);
            assertThat(pauser.isPaused(task, pid)).isTrue();
            pauser.relax(task, pid);
            assertThat(new ContainerGroupPauser().isPaused(task, pid)).isFalse();
            assertThat(pauser.isPaused(task, pid)).isTrue();
            pauser.resume(task, pid);
            assertThat(pauser.isPaused(task, pid)).isFalse();
            assertThat(quota).hasContent(usual);
        }
        pauser.pause(task, pid);
        pauser.relax(task, pid);
        long periods = stat(group, "nr_periods");
        long throttled = stat(group, "nr_throttled");
        long used = ticks(pid);
        LiveTask.await("the kernel counts periods", () -> stat(group, "nr_periods") >= periods + PERIODS);
        assertThat(stat(group, "nr_throttled")).isGreaterThan(throttled + PERIODS / 2);
        assertThat((ticks(pid) - used) * 10_000).isLessThan(FEW_MICROS);

        assertThat(lab.engine.kill(task, "KILL")).isTrue();
        LiveTask.await("it dies", () -> !lab.isRunning(task));
        pauser.resume(task, pid);
        assertNothingLeftOf(parents, task);
    }

    @Test
    void aContainerMayExitWhileItIsThrottled() throws IOException {
        ContainerParents parents = parents(PauseMode.THROTTLE, false);
        String task = start(parents, "while [ ! -e stop ]; do sleep 0.02; done; exit 3", 1, 0);
        long pid = lab.pid(task);
        Pauser pauser = pauser(parents);
        pauser.pause(task, pid);
        pauser.relax(task, pid);
        Files.createFile(folder.resolve("stop"));
        LiveTask.await("it exits", () -> !lab.isRunning(task));
        assertThat(lab.status(task).exitCode()).isEqualTo(3);
        pauser.resume(task, pid);
        assertNothingLeftOf(parents, task);
    }

    @Test
    void aContainerThatStartedWithoutAGroupIsPausedByTheOtherPauser() throws IOException {
        ContainerParents parents = parents(PauseMode.FREEZE, false);
        String task = lab.startCounter();
        long pid = lab.pid(task);
        Pauser pauser = pauser(parents);
        assertThat(parents.confirm(task, pid)).isFalse();
        pauser.pause(task, pid);
        assertThat(pauser.isPaused(task, pid)).isTrue();
        pauser.resume(task, pid);
        LabCounter.awaitGrowth(lab);
    }

    @Test
    void aGroupAroundAContainerIsNotTakenForThatOfAPlainTask() throws IOException {
        ContainerParents parents = parents(PauseMode.FREEZE, false);
        String task = start(parents, Lab.COUNT, 1, 0);
        long pid = lab.pid(task);
        Pauser pauser = pauser(parents);
        pauser.pause(task, pid);

        assertThat(Pausers.thawGroups(PARENT)).isEmpty();
        assertThat(pauser.isPaused(task, pid)).isTrue();

        pauser.resume(task, pid);
        assertNothingLeftOf(parents, task);
    }

    @Test
    void anotherCgroupDriverIsRefused() throws IOException {
        EngineInfo systemd = new EngineInfo(info.version(), info.cgroupVersion(), "systemd", true);
        assertThatThrownBy(() -> new ContainerParents(PARENT, systemd, PauseMode.FREEZE, false).probe())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("driver is systemd; expected cgroupfs");
    }

    @Test
    void aUserWhoIsNotRootFreezesAndThrottlesThroughDelegatedFolders() throws Exception {
        parents(PauseMode.THROTTLE, false);
        assumeTrue(
                new ProcessBuilder("id", "-u").start().inputReader().readLine().equals("0"), "skipped: not root");
        try (OtherUser nobody = new OtherUser("nobody")) {
            assertThat(nobody.ask("open " + PARENT + " " + info.cgroupVersion()))
                    .contains("expected a folder")
                    .contains("that user nobody may write");
            assertThat(new ProcessBuilder(
                                    Lab.imageScript().resolveSibling("delegate").toString(), "nobody", PARENT)
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(nobody.ask("open " + PARENT + " " + info.cgroupVersion()))
                    .isEqualTo("done");
            String task = Lab.newName();
            assertThat(nobody.ask("place " + task)).isEqualTo("done");
            lab.start(lab.spec(task, Lab.COUNT, 1, 0).below("/" + PARENT + "/" + task, 0));
            long pid = lab.pid(task);
            for (int round = 0; round < 10; round++) {
                LabCounter.awaitGrowth(lab);
                assertThat(nobody.ask("pause " + task + " " + pid)).isEqualTo("done");
                long size = LabCounter.size(lab);
                LiveTask.letTimePass(Duration.ofMillis(8));
                assertThat(LabCounter.size(lab)).isEqualTo(size);
                assertThat(nobody.ask("relax " + task + " " + pid)).isEqualTo("done");
                LabCounter.awaitGrowth(lab);
                assertThat(nobody.ask("resume " + task + " " + pid)).isEqualTo("done");
            }
            lab.engine.remove(task);
            assertThat(nobody.ask("release " + task)).isEqualTo("done");
            for (Path left : new ContainerParents(PARENT, info, PauseMode.FREEZE, false).folders(task)) {
                assertThat(left).doesNotExist();
            }
        }
    }

    /** Where the container is slowed down. */
    private static Path limits(ContainerParents parents, String task) {
        return parents.folders(task).stream()
                .filter(group ->
                        Files.exists(group.resolve("cpu.cfs_quota_us")) || Files.exists(group.resolve("cpu.max")))
                .findFirst()
                .orElseThrow();
    }

    private static long stat(Path group, String name) {
        try {
            return Files.readAllLines(group.resolve("cpu.stat")).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Processor time, in hundredths of a second. */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }
}
