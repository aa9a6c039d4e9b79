/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.report.Lines;
import io.kairos.eval.watch.ClusterFacts;
import io.kairos.eval.watch.ClusterPages;
import io.kairos.yarn.why.Explanation;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code kairos why ID}. */
@Command(
        name = "why",
        description =
                "Says why a container is on its node, and why it runs, is paused or is held: the decisions that led"
                        + " to it.")
final class WhyCommand extends ConsoleCommand {
    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "A container's id, or an application's.")
    private String id;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WhyCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        if (!Explanation.isId(id)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + id + "': expected an id as container_1700000000000_0001_01_000002 or"
                            + " application_1700000000000_0001");
        }
        try (ClusterPages pages = cluster.open(spec)) {
            Explanation explanation = Explanation.of(ClusterFacts.of(pages), id);
            common.writeJson(explanation);
            for (String sentence : explanation.sentences()) {
                Lines.wrap(sentence, "    ").forEach(console.out()::println);
            }
            if (!explanation.ofContainer()) {
                console.out().println("More about one of them: kairos why CONTAINER.");
            }
        }
        return 0;
    }
}
