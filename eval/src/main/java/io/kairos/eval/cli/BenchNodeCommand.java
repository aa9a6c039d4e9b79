/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.BenchResult;
import io.kairos.eval.bench.BenchTable;
import io.kairos.eval.bench.Benchmarks;
import io.kairos.eval.bench.PauseBenchmark;
import io.kairos.eval.cluster.DockerTasks;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kairos bench node}. */
@Command(name = "node", description = "A node's decisions, as its tasks grow; about a minute.")
final class BenchNodeCommand extends ConsoleCommand {
    @Option(names = "--docker", description = "What pausing Docker containers costs instead; takes root and an engine.")
    private boolean docker;

    BenchNodeCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        if (docker) {
            DockerTasks.prepare();
            BenchResult pauses = new PauseBenchmark().run(console.err()::println);
            common.writeJson(pauses);
            PauseBenchmark.lines(pauses).forEach(console.out()::println);
        } else {
            BenchResult decisions = Benchmarks.NODE.run(common.seed(), console.err()::println);
            common.writeJson(decisions);
            BenchTable.lines(decisions).forEach(console.out()::println);
        }
        return 0;
    }
}
