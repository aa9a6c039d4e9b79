/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.rm.RmBenchmark;
import io.kairos.eval.rm.RmResult;
import io.kairos.eval.rm.RmTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos bench rm}. */
@Command(name = "rm", description = "Whole schedulers in a ResourceManager, Kairos beside YARN's own.")
final class BenchSchedulersCommand extends ConsoleCommand {
    @Option(
            names = "--nodes",
            paramLabel = "N,...",
            split = ",",
            description = "Numbers of nodes (default: 100,1000,5000, which takes half an hour).")
    private List<Integer> nodes = List.of(100, 1_000, 5_000);

    @Option(
            names = "--schedulers",
            paramLabel = "NAME,...",
            split = ",",
            description =
                    "Some of kairos, capacity, capacity-100 (as many containers a heartbeat), capacity-async, fair"
                            + " and fifo (default: all).")
    private @Nullable List<String> schedulers;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of each process of a scheduler, of which two warm up (default: ${DEFAULT-VALUE}).")
    private int rounds = 8;

    BenchSchedulersCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        nodes.forEach(size -> Checks.range(spec, "--nodes", size, 1, 20_000));
        Checks.range(spec, "--rounds", rounds, 3, 1_000);
        RmResult result = benchmark().run();
        common.writeJson(result);
        RmTable.lines(result).forEach(console.out()::println);
        return 0;
    }

    private RmBenchmark benchmark() {
        List<String> names = schedulers == null ? RmBenchmark.schedulers() : schedulers;
        try {
            return new RmBenchmark(names, nodes, rounds, common.seed(), console.err()::println);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--schedulers: " + e.getMessage(), e);
        }
    }
}
