/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.eval.bench.BenchRow.Micros;
import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Machine;
import io.kairos.eval.report.Lines;
import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.FreezerProbe;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.nm.AgentLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a pause, a resume and a swap of two containers cost: by the command {@code docker}, by bare calls to its engine, by bare
 * writes to the freezer's file, and by both pausers; then the whole way from what makes the node agent decide to the pause that
 * is shown and the thaw that is done, and how much of that is neither the engine's nor the kernel's. Round by round in turn.
 */
public final class PauseBenchmark {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 200;
    /** A NodeManager runs for weeks: its loop is measured compiled. */
    private static final int LOOP_WARM_UP = 3_000;

    /** It is quick, so that its rare delays can be counted. */
    private static final int GROUP_LOOPS_A_ROUND = 5;

    private static final int MOST_REFUSALS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Forks nothing: the engine itself fails now and then to freeze a container that does. */
    private static final String COUNT = "exec 9<> <(:); i=0; while :; do i=$((i + 1)); read -rt 0.01 -u 9; done";

    private static final String COMMAND = "docker command";
    private static final String ENGINE = "engine, bare";
    private static final String FREEZER = "freezer, bare";
    private static final String HAND_OVER = "thread hand-over, bare";
    private static final String DOCKER_LOOP = "loop docker";
    private static final String GROUP_LOOP = "loop cgroup";
    private static final String OWN = ", own share";

    private final Map<String, List<Double>> micros = new LinkedHashMap<>();
    private int refusals;

    /** A container under test. */
    private record Target(String name, String id, long pid) {}

    /** One way to pause. */
    private interface Way {
        void pause(Target target) throws IOException, InterruptedException;

        void resume(Target target) throws IOException, InterruptedException;
    }

    /**
     * Runs it; leaves no container.
     *
     * @throws IOException the engine failed
     */
    public BenchResult run(Consumer<String> progress) throws IOException, InterruptedException {
        FreezerProbe freezer = new FreezerProbe();
        try (TimedEngine engine = new TimedEngine(DockerTasks.connect())) {
            String stamp = Long.toString(ProcessHandle.current().pid());
            List<String> names = IntStream.rangeClosed(1, 4)
                    .mapToObj(number -> "container_" + stamp + "_0001_01_00000" + number)
                    .toList();
            try {
                Target first = start(engine, names.get(0));
                Target second = start(engine, names.get(1));
                Map<String, Way> ways = ways(engine, freezer, first, second);
                Pauser docker = new DockerPauser(engine, new ContainerGroupPauser());
                // Each agent has a container of its own: what others do to it, it would undo.
                Target third = start(engine, names.get(2));
                Target fourth = start(engine, names.get(3));
                try (HandOver handOver = new HandOver();
                        AgentLoop dockerLoop = new AgentLoop(docker, false, third.name(), third.pid());
                        AgentLoop groupLoop = new AgentLoop(freezer.pauser(), true, fourth.name(), fourth.pid())) {
                    progress.accept("node --docker: warming up");
                    for (int loop = 0; loop < LOOP_WARM_UP; loop++) {
                        measure(GROUP_LOOP, groupLoop, freezer::kernelNanos, false);
                    }
                    for (int round = -WARM_UP; round < ROUNDS; round++) {
                        if (round % 50 == 0) {
                            progress.accept("node --docker: round " + round + " of " + ROUNDS);
                        }
                        for (Map.Entry<String, Way> way : ways.entrySet()) {
                            try {
                                measure(way.getKey(), way.getValue(), first, second, round >= 0);
                            } catch (IOException refused) {
                                leaveOut(refused, docker, first, second);
                            }
                        }
                        long handedOver = handOver.measure();
                        if (round >= 0) {
                            note(HAND_OVER, handedOver);
                        }
                        measure(DOCKER_LOOP, dockerLoop, engine::nanos, round >= 0);
                        for (int loop = 0; loop < GROUP_LOOPS_A_ROUND; loop++) {
                            measure(GROUP_LOOP, groupLoop, freezer::kernelNanos, round >= 0);
                        }
                    }
                }
            } finally {
                for (String name : names) {
                    engine.remove(name);
                }
            }
        }
        if (refusals > 0) {
            progress.accept("node --docker: left out " + refusals + " rounds that the engine refused");
        }
        List<BenchRow> rows = new ArrayList<>();
        micros.forEach((subject, times) -> rows.add(new BenchRow(subject, null, null, null, null, percentiles(times))));
        return new BenchResult("node --docker", Machine.describe(), rows);
    }

    private static Target start(DockerEngine engine, String name) throws IOException {
        ContainerSpec spec = DockerTasks.spec(name, List.of("-c", COUNT));
        engine.create(spec);
        engine.start(name);
        ContainerStatus status = Objects.requireNonNull(engine.inspect(name), name);
        return new Target(name, status.id(), status.pid());
    }

    private static Map<String, Way> ways(DockerEngine engine, FreezerProbe freezer, Target first, Target second)
            throws IOException {
        ContainerGroupPauser groups = new ContainerGroupPauser();
        Map<Target, FreezerProbe.Bare> bare = Map.of(
                first, freezer.bare(first.name(), first.pid()), second, freezer.bare(second.name(), second.pid()));
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put(COMMAND, new Way() {
            @Override
            public void pause(Target target) throws IOException, InterruptedException {
                command("pause", target.name());
            }

            @Override
            public void resume(Target target) throws IOException, InterruptedException {
                command("unpause", target.name());
            }
        });
        ways.put(ENGINE, new Way() {
            @Override
            public void pause(Target target) throws IOException {
                engine.pause(target.id());
            }

            @Override
            public void resume(Target target) throws IOException {
                engine.unpause(target.id());
            }
        });
        ways.put(FREEZER, new Way() {
            @Override
            public void pause(Target target) throws IOException {
                Objects.requireNonNull(bare.get(target)).change(true);
            }

            @Override
            public void resume(Target target) throws IOException {
                Objects.requireNonNull(bare.get(target)).change(false);
            }
        });
        ways.put("pauser docker", way(new DockerPauser(engine, groups)));
        ways.put("pauser cgroup", way(groups));
        return ways;
    }

    private static Way way(Pauser pauser) {
        return new Way() {
            @Override
            public void pause(Target target) throws IOException {
                pauser.pause(target.name(), target.pid());
            }

            @Override
            public void resume(Target target) throws IOException {
                pauser.resume(target.name(), target.pid());
            }
        };
    }

    private static void command(String verb, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("docker", verb, name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("docker " + verb + " " + name + " ended with status " + status);
        }
    }

    /**
     * A busy engine now and then refuses to unpause what it has just paused, for it mistakes its own late news of an earlier
     * unpause for a new one. Such a round counts nowhere.
     */
    private void leaveOut(IOException refused, Pauser pauser, Target first, Target second) throws IOException {
        refusals++;
        if (refusals > MOST_REFUSALS) {
            throw refused;
        }
        pauser.resume(first.name(), first.pid());
        pauser.resume(second.name(), second.pid());
    }

    private void measure(String name, Way way, Target first, Target second, boolean counts)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        way.pause(first);
        long paused = System.nanoTime();
        way.resume(first);
        long resumed = System.nanoTime();
        way.pause(second);
        long before = System.nanoTime();
        way.pause(first);
        way.resume(second);
        long swapped = System.nanoTime();
        way.resume(first);
        if (counts) {
            note(name + ", pause", paused - start);
            note(name + ", resume", resumed - paused);
            note(name + ", swap", swapped - before);
        }
    }

    /** @param others the time that others have taken so far, nanoseconds */
    private void measure(String name, AgentLoop loop, LongSupplier others, boolean counts)
            throws IOException, InterruptedException {
        long before = others.getAsLong();
        long pause = loop.pause();
        long ownOfPause = pause - (others.getAsLong() - before);
        before = others.getAsLong();
        long resume = loop.resume();
        long ownOfResume = resume - (others.getAsLong() - before);
        if (counts) {
            note(name + ", pause", pause);
            note(name + ", pause" + OWN, ownOfPause);
            note(name + ", resume", resume);
            note(name + ", resume" + OWN, ownOfResume);
        }
    }

    /** How long this machine takes to wake a thread: the least that a loop with a thread of its own can be. */
    private static final class HandOver implements AutoCloseable {
        private final BlockingQueue<Long> out = new LinkedBlockingQueue<>();
        private final BlockingQueue<Long> back = new LinkedBlockingQueue<>();
        private final Thread thread = new Thread(this::answer, "kairos-bench-hand-over");

        HandOver() {
            thread.setDaemon(true);
            thread.start();
        }

        private void answer() {
            try {
                while (true) {
                    long start = out.take();
                    back.add(System.nanoTime() - start);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // and ends
            }
        }

        long measure() throws InterruptedException {
            out.add(System.nanoTime());
            return back.take();
        }

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    /** Takes the time of an engine's answers. */
    private static final class TimedEngine extends DockerEngine {
        private final AtomicLong nanos = new AtomicLong();

        TimedEngine(DockerEngine like) {
            super(like.host(), LIMIT, LIMIT);
            like.close();
        }

        @Override
        public void pause(String nameOrId) throws EngineException {
            long start = System.nanoTime();
            super.pause(nameOrId);
            nanos.addAndGet(System.nanoTime() - start);
        }

        @Override
        public void unpause(String nameOrId) throws EngineException {
            long start = System.nanoTime();
            super.unpause(nameOrId);
            nanos.addAndGet(System.nanoTime() - start);
        }

        @Override
        public @Nullable ContainerStatus inspect(String name) throws EngineException {
            long start = System.nanoTime();
            ContainerStatus status = super.inspect(name);
            nanos.addAndGet(System.nanoTime() - start);
            return status;
        }

        long nanos() {
            return nanos.get();
        }
    }

    private void note(String subject, long nanos) {
        micros.computeIfAbsent(subject, name -> new ArrayList<>())
                .add(nanos / (double) TimeUnit.MICROSECONDS.toNanos(1));
    }

    private static Micros percentiles(List<Double> times) {
        Distribution distribution = Distribution.of(times).orElseThrow();
        return new Micros(distribution.p50(), distribution.p99());
    }

    /** The result as a table, one string a line, at most 80 columns wide. */
    public static List<String> lines(BenchResult result) {
        List<String> lines = new ArrayList<>();
        Map<String, Micros> found = new HashMap<>();
        lines.addAll(Lines.title(result.bench(), result.machine(), ""));
        lines.add(String.format("%-34s%14s%14s", "subject", "p50, us", "p99, us"));
        for (BenchRow row : result.rows()) {
            found.put(row.subject(), row.decisionMicros());
            lines.add(String.format(
                    Locale.ROOT,
                    "%-34s%,14.0f%,14.0f",
                    row.subject(),
                    row.decisionMicros().p50(),
                    row.decisionMicros().p99()));
        }
        lines.add("");
        lines.add("bare: calls of the engine's API; the freezer's file written, and read until it");
        lines.add("  confirms; an item put in a queue until a thread that waits has it.");
        lines.add("loop: from a newcomer's arrival to the pause shown, from its end to the thaw.");
        lines.add("own share: of the loop, all that is neither the engine's answers nor the");
        lines.add("  kernel's freezing and thawing. Expected: at most 10 % of the loop with docker,");
        lines.add("  at most 1,000 us at p99 with cgroup. Found:");
        for (String verb : List.of("pause", "resume")) {
            Micros docker = found.get(DOCKER_LOOP + ", " + verb);
            Micros dockerOwn = found.get(DOCKER_LOOP + ", " + verb + OWN);
            Micros groupOwn = found.get(GROUP_LOOP + ", " + verb + OWN);
            if (docker != null && dockerOwn != null && groupOwn != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-7s docker %.1f %% at p50, cgroup %,.0f us at p99",
                        verb,
                        100 * dockerOwn.p50() / docker.p50(),
                        groupOwn.p99()));
            }
        }
        return lines;
    }
}
