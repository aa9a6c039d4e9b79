/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import io.kairos.eval.metrics.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * KairosScheduler and CapacityScheduler through the same workload in Hadoop's simulator, one after the other, each in a process
 * of its own. Who is first changes from round to round, so that what else the machine does hits both.
 */
public final class SlsBenchmark {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final List<Integer> sizes;
    private final int rounds;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param sizes numbers of nodes
     * @param rounds runs of each scheduler, at least one
     * @param seed of the workload
     * @param progress takes a line a run
     */
    public SlsBenchmark(List<Integer> sizes, int rounds, long seed, Consumer<String> progress) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, was " + rounds);
        }
        this.sizes = List.copyOf(sizes);
        this.rounds = rounds;
        this.seed = seed;
        this.progress = progress;
    }

    /** @throws IOException a scheduler's process failed: its last words */
    public SlsResult run() throws IOException, InterruptedException {
        List<SlsRun> runs = new ArrayList<>();
        for (int nodes : sizes) {
            Path workload = Files.createTempFile("kairos-sls-", ".json");
            try {
                SynthWorkload.write(workload, nodes, seed);
                runs.addAll(run(nodes, workload));
            } finally {
                Files.delete(workload);
            }
        }
        return new SlsResult("sls", Machine.describe(), seed, runs);
    }

    private List<SlsRun> run(int nodes, Path workload) throws IOException, InterruptedException {
        List<SlsRun> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (SchedulerInSimulator kind : order(round)) {
                progress.accept(
                        "sls: " + nodes + " nodes, round " + (round + 1) + " of " + rounds + ", " + kind.label());
                runs.add(SlsProcess.run(kind, workload, LIMIT));
            }
        }
        return runs;
    }

    static List<SchedulerInSimulator> order(int round) {
        List<SchedulerInSimulator> order = new ArrayList<>(Arrays.asList(SchedulerInSimulator.values()));
        Collections.rotate(order, round);
        return order;
    }
}
