/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.watch.ClusterPages;
import io.kairos.eval.watch.Ranking;
import io.kairos.yarn.why.ApplicationLine;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kairos top}. */
@Command(
        name = "top",
        description = {
            "Shows the applications of a running cluster by attained service, again and again until q or Ctrl-C.",
            "Attained service is told as it is, not over the queue's weight.",
            "Under the policy kairos-job the work that an application has left, as far as it shows, stands beside it."
        })
final class TopCommand extends ConsoleCommand {
    /** To the upper left corner, and nothing on the screen. */
    private static final String CLEAR = "\033[H\033[2J";

    private static final Duration REFRESH = Duration.ofSeconds(2);

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--once", description = "Show it once; the same as --count 1.")
    private boolean once;

    @Option(names = "--count", paramLabel = "N", description = "Show it so many times (default: without end).")
    private int count = Integer.MAX_VALUE;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Applications to show at most (default: ${DEFAULT-VALUE}).")
    private int rows = 20;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    TopCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        Checks.range(spec, "--count", count, 1, Integer.MAX_VALUE);
        Checks.range(spec, "--rows", rows, 1, 1_000_000);
        int times = once ? 1 : count;
        boolean live = times > 1 && console.interactive();
        try (ClusterPages pages = cluster.open(spec);
                KeyWatch keys = live ? KeyWatch.open() : KeyWatch.none()) {
            for (int shown = 0; shown < times; shown++) {
                if (shown > 0 && keys.quitWithin(REFRESH)) {
                    return 0;
                }
                ClusterPages.Central central = pages.central();
                Map<String, ApplicationLine> applications = pages.applications(central);
                Ranking ranking = Ranking.of(pages.nodes(central), applications, pages.workLeft(central, "all"));
                common.writeJson(ranking);
                show(ranking, live, shown > 0);
            }
        }
        return 0;
    }

    private void show(Ranking ranking, boolean live, boolean again) {
        List<String> lines = ranking.lines(rows);
        if (live) {
            console.out().print(CLEAR);
        } else if (again) {
            console.out().println();
        }
        console.out().println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + lines.get(0));
        lines.stream().skip(1).forEach(console.out()::println);
    }
}
