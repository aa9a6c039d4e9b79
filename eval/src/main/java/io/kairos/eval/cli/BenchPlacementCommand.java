/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.BenchResult;
import io.kairos.eval.bench.BenchTable;
import io.kairos.eval.bench.Benchmarks;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code kairos bench placement}. */
@Command(
        name = "placement",
        description = "The choice of a node, as nodes grow, beside sorting them; about three minutes.")
final class BenchPlacementCommand extends ConsoleCommand {
    BenchPlacementCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        BenchResult result = Benchmarks.PLACEMENT.run(common.seed(), console.err()::println);
        common.writeJson(result);
        BenchTable.lines(result).forEach(console.out()::println);
        return 0;
    }
}
