/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.ReportsBenchmark;
import io.kairos.eval.bench.ReportsResult;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code kairos bench reports}. */
@Command(name = "reports", description = "Placement under 10,000 load reports a second, beside placement without.")
final class BenchReportsCommand extends ConsoleCommand {
    BenchReportsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        ReportsResult result = new ReportsBenchmark().run(console.err()::println);
        common.writeJson(result);
        ReportsBenchmark.lines(result).forEach(console.out()::println);
        return 0;
    }
}
