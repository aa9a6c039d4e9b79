/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.PrivateEngine;
import io.kairos.node.docker.UnifiedDockerTest;
import io.kairos.node.docker.UnifiedMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The traps of pausing containers on cgroup v2, each on a real engine. The engine lives in a mount namespace, and its groups are
 * reached through the root of a process in it; all else is as a node manager inside would have it.
 */
@UnifiedDockerTest
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DockerPauserUnifiedLiveTest extends DockerPauserContract {
    private static final Path ENGINE_PARENT =
            Path.of("kairos-test-unified-" + ProcessHandle.current().pid());

    @SuppressWarnings("NullAway.Init")
    private static UnifiedMachine machine;

    @SuppressWarnings("NullAway.Init")
    private static PrivateEngine engine;

    @SuppressWarnings("NullAway.Init")
    private static List<FreezerMounts.Mount> mounts;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Lab lab;

    @SuppressWarnings("NullAway.Init")
    private ContainerGroups found;

    @SuppressWarnings("NullAway.Init")
    private ContainerGroupPauser groups;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        machine = new UnifiedMachine();
        try {
            mounts = FreezerMounts.parse(KernelFiles.SYSTEM.read(machine.mountInfo())).stream()
                    .map(mount -> new FreezerMounts.Mount(
                            mount.version(), machine.see(mount.root().toString())))
                    .toList();
            engine = new PrivateEngine(
                    temporary,
                    machine.prefix(),
                    List.of("--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", "/" + ENGINE_PARENT));
        } catch (Exception | AssertionError e) {
            machine.close();
            throw e;
        }
    }

    @AfterAll
    static void end() throws Exception {
        try {
            engine.close();
            Path parent = parent();
            LiveTask.await("the engine's groups can be removed", () -> removed(parent));
        } finally {
            machine.close();
        }
    }

    /** Not yet while its last process is dying; never if it holds one that lives. */
    private static boolean removed(Path group) {
        return group.toFile().delete() || !Files.exists(group);
    }

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        lab = new Lab(engine.connect(Duration.ofSeconds(5)), folder);
        found = new ContainerGroups(mounts, Path.of("/proc"), KernelFiles.SYSTEM, Deadline.Pace.SYSTEM);
        groups = new ContainerGroupPauser(found, KernelFiles.SYSTEM, Deadline.Pace.SYSTEM);
    }

    /** Nothing is frozen and nothing left; if something was, it is put right before the next test. */
    @AfterEach
    void close() throws IOException {
        List<Path> frozen = new ArrayList<>();
        for (Path group : groupsOfContainers()) {
            if (isFreezeAsked(group)) {
                if (holdsProcesses(group)) {
                    frozen.add(group);
                }
                FreezerVersion.V2.request(KernelFiles.SYSTEM, group, false);
            }
        }
        try (Lab ending = lab) {
            for (String name : ending.engine.labelled("io.kairos.test").keySet()) {
                ending.engine.remove(name);
            }
            assertThat(ending.engine.labelled("io.kairos.test")).isEmpty();
        }
        // Of a container that was killed frozen the engine leaves the group behind, empty.
        LiveTask.await("the groups are empty and go", () -> groupsOfContainers().stream()
                .allMatch(DockerPauserUnifiedLiveTest::removed));
        assertThat(frozen).as("frozen at the end").isEmpty();
    }

    private static Path parent() {
        return mounts.get(0).root().resolve(ENGINE_PARENT);
    }

    private static List<Path> groupsOfContainers() {
        if (!Files.isDirectory(parent())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent())) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** False also where the group is gone. */
    private static boolean isFreezeAsked(Path group) {
        try {
            return FreezerVersion.V2.isFreezeAsked(KernelFiles.SYSTEM, group);
        } catch (IOException e) {
            if (Files.exists(group)) {
                throw new AssertionError(e);
            }
            return false;
        }
    }

    private static boolean holdsProcesses(Path group) {
        return Files.exists(group) && lines(Freezer.processList(group)) > 0;
    }

    @Override
    Lab lab() {
        return lab;
    }

    @Override
    ContainerGroupPauser groups() {
        return groups;
    }

    private Path group(String task, long pid) throws IOException {
        ContainerGroups.Group group = found.find(task, pid).orElseThrow();
        assertThat(group.version()).isEqualTo(FreezerVersion.V2);
        return group.folder();
    }

    @Test
    void theEngineIsOneOfVersion2() throws IOException {
        assertThat(lab.engine.info().cgroupVersion()).isEqualTo("2");
        assertThat(mounts).extracting(FreezerMounts.Mount::version).containsExactly(FreezerVersion.V2);
        String task = lab.startCounter();
        assertThat(group(task, lab.pid(task))).hasParentRaw(parent());
    }

    /** Nothing keeps them apart here. A command that joins a group while that freezes is frozen half inside. */
    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void commandsThatMeetPausesWedgeNothing(String name) throws Exception {
        try (Lab hasty = new Lab(engine.connect(Duration.ofMillis(500)), folder)) {
            Pauser pauser = name.equals("docker") ? new DockerPauser(hasty.engine, groups) : groups;
            String task = lab.startCounter();
            long pid = lab.pid(task);
            Path processes = Freezer.processList(group(task, pid));
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger commands = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            int met = 0;
            try {
                List<Future<?>> asking = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    asking.add(threads.submit(() -> runCommands(task, done, commands)));
                }
                for (int round = 0; round < 40 || (round < 500 && (met == 0 || commands.get() == 0)); round++) {
                    long start = System.nanoTime();
                    try {
                        pauser.pause(task, pid);
                        met += lines(processes) > 1 ? 1 : 0;
                        LiveTask.letTimePass(Duration.ofMillis(10));
                    } catch (IOException failed) {
                        assertThat(failed.getMessage()).doesNotContain("\n");
                    }
                    LiveTask.await("it is thawed", () -> settles(pauser, task, pid));
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
                    LabCounter.awaitGrowth(lab);
                }
                done.set(true);
                for (Future<?> ending : asking) {
                    ending.get(20, TimeUnit.SECONDS);
                }
            } finally {
                done.set(true);
                threads.shutdownNow();
            }
            assertThat(met).as("commands frozen with the container").isPositive();
            assertThat(commands.get()).isPositive();
            awaitAgreement(pauser, task, pid);
            LabCounter.awaitGrowth(lab);
            LabCounter.assertUnbroken(lab);
        }
    }

    private void runCommands(String task, AtomicBoolean done, AtomicInteger commands) {
        while (!done.get()) {
            try {
                lab.engine.exec(task, List.of("bash", "-c", ":"), false, null, new ByteArrayOutputStream());
                commands.incrementAndGet();
            } catch (EngineException refused) {
                assertThat(refused.getMessage()).doesNotContain("\n"); // it knows of the pause, or sees it
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void aKillReachesAFrozenContainerWithoutAThaw(String name) throws Exception {
        Pauser pauser = pauser(name);
        String task = lab.startCounter();
        long pid = lab.pid(task);
        pauser.pause(task, pid);
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -KILL " + pid)
                        .start()
                        .waitFor())
                .isZero();
        LiveTask.await(
                "it dies frozen",
                () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        // What a node manager does for an end it has not heard of yet.
        pauser.resume(task, pid);
        assertThat(pauser.isPaused(task, pid)).isFalse();
        assertThatThrownBy(() -> pauser.pause(task, pid))
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain("\n");
        LiveTask.await("the engine hears of its end", () -> !lab.isRunning(task));
        assertThat(lab.status(task).exitCode()).isEqualTo(137);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "cgroup"})
    void theEnginesKillReachesAPausedContainer(String name) throws Exception {
        Pauser pauser = pauser(name);
        String task = lab.startCounter();
        pauser.pause(task, lab.pid(task));
        lab.engine.kill(task, "KILL");
        LiveTask.await("the container ends", () -> !lab.isRunning(task));
        assertThat(lab.status(task).exitCode()).isEqualTo(137);
    }

    /**
     * A process that waits for a file system without an answer cannot be frozen, nor can its group. The engine gives up after ten
     * seconds; it is waited for, or not.
     */
    @ParameterizedTest
    @ValueSource(strings = {"docker", "docker, awaited", "cgroup"})
    void aFreezeThatFailsIsUndone(String name) throws Exception {
        Path hung = Files.createDirectory(folder.resolve("hung"));
        Process silent = machine.keep("exec 3<> /dev/fuse && mount -i -t fuse"
                + " -o fd=3,rootmode=40000,user_id=0,group_id=0 kairos-silent '" + hung + "' && echo ready && read -r");
        String task;
        long pid;
        Duration limit = Duration.ofSeconds(name.equals("docker, awaited") ? 20 : 1);
        Path group;
        try (Lab own = new Lab(engine.connect(limit), folder)) {
            Pauser pauser = name.equals("cgroup") ? groups : new DockerPauser(own.engine, groups);
            task = lab.start("( : < hung/file; echo > released ) & " + Lab.COUNT);
            pid = lab.pid(task);
            group = group(task, pid);
            LiveTask.await("a process hangs", () -> hangs(group));

            long start = System.nanoTime();
            assertThatThrownBy(() -> pauser.pause(task, pid))
                    .isInstanceOf(IOException.class)
                    .message()
                    .doesNotContain("\n");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.plusSeconds(5));
            assertThat(isFreezeAsked(group)).as("a freeze is still asked").isFalse();
            LabCounter.awaitGrowth(lab);
        } finally {
            silent.getOutputStream().close(); // and all who wait get an error
            silent.waitFor();
        }
        LiveTask.await("what hung goes on", () -> Files.exists(folder.resolve("released")));
        LabCounter.awaitGrowth(lab);
        Pauser pauser = pauser(name.equals("cgroup") ? "cgroup" : "docker");
        // An engine that was not waited for may still be at it.
        awaitAgreement(pauser, task, pid);
        pauser.pause(task, pid);
        assertThat(pauser.isPaused(task, pid)).isTrue();
        pauser.resume(task, pid);
        LabCounter.awaitGrowth(lab);
        LabCounter.assertUnbroken(lab);
    }

    @Test
    void aThawCommandOfTheWatchdogThaws() throws Exception {
        String task = lab.startCounter();
        long pid = lab.pid(task);
        groups.pause(task, pid);
        String command = groups.thawCommand(task, pid).orElseThrow();
        assertThat(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor())
                .isZero();
        LabCounter.awaitGrowth(lab);
        assertThat(groups.isPaused(task, pid)).isFalse();
    }

    private static boolean hangs(Path group) {
        try {
            for (String pid : Files.readAllLines(Freezer.processList(group))) {
                if (Files.readString(Path.of("/proc", pid, "status")).contains("State:\tD")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
