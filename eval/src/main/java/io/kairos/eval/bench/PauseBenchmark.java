/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.eval.bench.BenchRow.Micros;
import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.demo.Machine;
import io.kairos.eval.metrics.Distribution;
import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a pause, a resume and a swap of two containers cost: by the command {@code docker}, by bare calls to its engine, and by
 * both pausers, all on the same two containers, round by round in turn.
 */
public final class PauseBenchmark {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 200;
    /** Forks nothing: the engine itself fails now and then to freeze a container that does. */
    private static final String COUNT = "exec 9<> <(:); i=0; while :; do i=$((i + 1)); read -rt 0.01 -u 9; done";

    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

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
        try (DockerEngine engine = DockerTasks.connect()) {
            String stamp = Long.toString(ProcessHandle.current().pid());
            List<String> names =
                    List.of("container_" + stamp + "_0001_01_000001", "container_" + stamp + "_0001_01_000002");
            try {
                Target first = start(engine, names.get(0));
                Target second = start(engine, names.get(1));
                measure(ways(engine), first, second, progress);
            } finally {
                for (String name : names) {
                    engine.remove(name);
                }
            }
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

    private static Map<String, Way> ways(DockerEngine engine) throws IOException {
        ContainerGroupPauser groups = new ContainerGroupPauser();
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("docker command", new Way() {
            @Override
            public void pause(Target target) throws IOException, InterruptedException {
                command("pause", target.name());
            }

            @Override
            public void resume(Target target) throws IOException, InterruptedException {
                command("unpause", target.name());
            }
        });
        ways.put("engine, bare", new Way() {
            @Override
            public void pause(Target target) throws IOException {
                engine.pause(target.id());
            }

            @Override
            public void resume(Target target) throws IOException {
                engine.unpause(target.id());
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

    private void measure(Map<String, Way> ways, Target first, Target second, Consumer<String> progress)
            throws IOException, InterruptedException {
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            if (round % 50 == 0) {
                progress.accept("node --docker: round " + round + " of " + ROUNDS);
            }
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long start = System.nanoTime();
                way.getValue().pause(first);
                long paused = System.nanoTime();
                way.getValue().resume(first);
                long resumed = System.nanoTime();
                way.getValue().pause(second);
                long before = System.nanoTime();
                way.getValue().pause(first);
                way.getValue().resume(second);
                long swapped = System.nanoTime();
                way.getValue().resume(first);
                if (round >= 0) {
                    note(way.getKey() + ", pause", paused - start);
                    note(way.getKey() + ", resume", resumed - paused);
                    note(way.getKey() + ", swap", swapped - before);
                }
            }
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
        lines.add(result.bench() + " on " + result.machine());
        lines.add(String.format("%-30s%14s%14s", "subject", "p50, us", "p99, us"));
        for (BenchRow row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-30s%,14.0f%,14.0f",
                    row.subject(),
                    row.decisionMicros().p50(),
                    row.decisionMicros().p99()));
        }
        return lines;
    }
}
