/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.sls.SlsBenchmark;
import io.kairos.eval.sls.SlsResult;
import io.kairos.eval.sls.SlsTable;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kairos bench sls}. */
@Command(
        name = "sls",
        description = "Kairos and CapacityScheduler in Hadoop's Scheduler Load Simulator; about twelve minutes.")
final class BenchSlsCommand extends ConsoleCommand {
    @Option(names = "--nodes", paramLabel = "N,...", split = ",", description = "Numbers of nodes (default: 1000).")
    private List<Integer> nodes = List.of(1_000);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Runs of each scheduler, about two minutes each (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    BenchSlsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        nodes.forEach(size -> Checks.range(spec, "--nodes", size, 1, 20_000));
        Checks.range(spec, "--rounds", rounds, 1, 100);
        SlsResult result = new SlsBenchmark(nodes, rounds, common.seed(), console.err()::println).run();
        common.writeJson(result);
        SlsTable.lines(result).forEach(console.out()::println);
        return result.allEnded() ? 0 : ErrorLine.FAILED;
    }
}
