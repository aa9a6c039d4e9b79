/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every pauser owes, tried on real processes. */
abstract class PauserContract {
    private static final Duration MOMENT = Duration.ofMillis(8);

    /** A child, a grandchild, one that made a session of its own and one in a process group of its own; each counts. */
    private static final String FAMILY =
            """
            count child &
            ( count grandchild & wait ) &
            export -f count
            setsid bash -c 'count session' &
            set -m
            count group &
            set +m
            count leader
            """;

    /** Forks all the time, in its own group and in sessions of their own; never more than about 20 at once. */
    private static final String FORKING =
            """
            export -f count
            storm() {
              while :; do
                for k in 1 2 3; do ( ( echo x >> made ) & wait ) & done
                setsid bash -c 'echo x >> made; ( echo x >> made ) & wait' &
                wait
              done
            }
            storm & storm & storm
            """;

    private final Pauser pauser;
    private final Path folder;
    private final List<LiveTask> tasks = new ArrayList<>();

    PauserContract(Pauser pauser, Path folder) {
        this.pauser = pauser;
        this.folder = folder;
    }

    /** Fails if the pauser left anything behind once it is closed. */
    abstract void assertNothingLeft() throws IOException;

    @AfterEach
    void closeAll() throws IOException {
        for (LiveTask task : tasks) {
            task.close();
        }
        assertThat(pauser.frozenTasks()).isEmpty();
        pauser.close();
        assertNothingLeft();
    }

    final Pauser pauser() {
        return pauser;
    }

    final LiveTask start(String name, String script) throws IOException {
        LiveTask task = new LiveTask(pauser, name, folder, script);
        tasks.add(task);
        return task;
    }

    @Test
    void twoHundredRoundsLoseNothing() throws IOException {
        LiveTask task = start("rounds", "count counter");
        for (int round = 0; round < 200; round++) {
            task.awaitGrowth("counter");
            task.pause();
            long size = task.size("counter");
            assertThat(task.isPaused()).isTrue();
            LiveTask.letTimePass(MOMENT);
            assertThat(task.size("counter")).as("round %d", round).isEqualTo(size);
            task.resume();
            assertThat(task.isPaused()).isFalse();
        }
        task.awaitGrowth("counter");
        task.assertUnbroken("counter");
    }

    @Test
    void stopsTheWholeFamily() throws IOException {
        LiveTask task = start("family", FAMILY);
        List<String> counters = List.of("leader", "child", "grandchild", "session", "group");
        for (int round = 0; round < 20; round++) {
            counters.forEach(task::awaitGrowth);
            task.pause();
            List<Long> sizes = counters.stream().map(task::size).toList();
            LiveTask.letTimePass(MOMENT);
            assertThat(counters.stream().map(task::size).toList()).isEqualTo(sizes);
            task.resume();
        }
        counters.forEach(task::awaitGrowth);
        for (String counter : counters) {
            task.assertUnbroken(counter);
        }
    }

    @Test
    void stopsATreeThatForksAllTheTime() throws IOException {
        LiveTask task = start("forking", FORKING);
        for (int round = 0; round < 30; round++) {
            task.awaitGrowth("made");
            task.pause();
            long size = task.size("made");
            List<Long> pids = pids(task);
            LiveTask.letTimePass(MOMENT);
            assertThat(task.size("made")).as("round %d", round).isEqualTo(size);
            assertThat(pids(task)).as("round %d", round).isEqualTo(pids);
            task.resume();
        }
        task.awaitGrowth("made");
    }

    private static List<Long> pids(LiveTask task) {
        return task.processes().stream().map(ProcessStat::pid).sorted().toList();
    }

    @Test
    void pauseAndResumeCanBeRepeated() throws IOException {
        LiveTask task = start("repeated", "count counter");
        task.resume();
        task.pause();
        task.pause();
        assertThat(task.isPaused()).isTrue();
        task.resume();
        task.resume();
        assertThat(task.isPaused()).isFalse();
        task.awaitGrowth("counter");
    }

    @Test
    void aProcessThatIsGoneCannotBePausedButResumed() throws IOException {
        LiveTask task = start("gone", "exit 0");
        task.awaitEnd();
        assertThatThrownBy(task::pause)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("task gone has no process " + task.pid());
        assertThat(task.isPaused()).isFalse();
        task.resume();
    }

    @Test
    void killEndsAResumedTask() throws Exception {
        LiveTask task = start("killed", "count counter");
        task.pause();
        task.resume();
        task.signal("KILL");
        task.awaitEnd();
    }

    @Test
    void anInterruptNeitherDisturbsNorGetsLost() throws IOException {
        LiveTask task = start("interrupted", "count counter");
        Thread.currentThread().interrupt();
        task.pause();
        assertThat(task.isPaused()).isTrue();
        task.resume();
        assertThat(Thread.interrupted()).isTrue();
        task.awaitGrowth("counter");
    }

    @Test
    void tasksArePausedIndependentlyByManyThreads() throws Exception {
        List<LiveTask> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(start("many-" + i, "count counter"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> rounds = new ArrayList<>();
            for (LiveTask task : many) {
                rounds.add(threads.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        task.pause();
                        assertThat(task.isPaused()).isTrue();
                        task.resume();
                    }
                    return null;
                }));
            }
            for (Future<?> round : rounds) {
                round.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (LiveTask task : many) {
            task.awaitGrowth("counter");
            task.assertUnbroken("counter");
        }
    }
}
