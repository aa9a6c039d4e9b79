/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.BenchResult;
import io.kairos.eval.bench.BenchTable;
import io.kairos.eval.bench.Benchmarks;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kairos bench NAME}. */
@Command(name = "bench", description = "Measures decisions a second, and how their cost grows; about a minute each.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NAME", description = "placement: as nodes grow. node: as tasks a node grow.")
    private String name;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Benchmarks benchmark = benchmark();
        BenchResult result = benchmark.run(common.seed(), console.err()::println);
        common.writeJson(result);
        BenchTable.lines(result).forEach(console.out()::println);
        return 0;
    }

    private Benchmarks benchmark() {
        try {
            return Benchmarks.named(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
