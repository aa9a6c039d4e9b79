/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummarizer;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.metrics.SeedMeans;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.eval.report.TerminalTable;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.SimulationSettings;
import io.kairos.eval.simulator.Simulator;
import io.kairos.workloads.model.Seconds;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos simulate}. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = "Runs the same jobs under each policy in virtual time, and compares them.")
final class SimulateCommand extends ConsoleCommand {
    private static final double MOST_SECONDS = 24 * 3600;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Of eagle, fifo, hawk, kairos, las, ps, sparrow, srpt, the others compared with the first; kairos:tie=oldest"
                            + " or kairos:guard=off sets a variant (default: fifo,kairos).")
    private List<String> policies = List.of("fifo", "kairos");

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes (default: ${DEFAULT-VALUE}).")
    private int nodes = 30;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Tasks a node runs at a time (default: ${DEFAULT-VALUE}).")
    private int slots = 4;

    @Option(
            names = "--queue-bound",
            paramLabel = "Q",
            description = "Tasks a node takes beyond its slots under kairos (default: ${DEFAULT-VALUE}).")
    private int queueBound = 4;

    @Option(
            names = "--quantum",
            paramLabel = "SECONDS",
            description = "Service after which a running task may have to make way under kairos (default:"
                    + " ${DEFAULT-VALUE}).")
    private double quantum = 50;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "Runs of each policy, with seeds from --seed on; the table shows means (default:"
                    + " ${DEFAULT-VALUE}).")
    private int seeds = 1;

    @Option(
            names = "--cutoff",
            paramLabel = "SECONDS",
            description = "A job whose mean task is longer is long: for the report, and for eagle and hawk (default: as"
                    + " the workload says).")
    private @Nullable Double cutoff;

    @Option(
            names = "--short-reserved",
            paramLabel = "PERCENT",
            description = "Share of the slots that eagle and hawk keep for short jobs (default: ${DEFAULT-VALUE}).")
    private double shortReserved = 2;

    @Option(
            names = "--network-delay",
            paramLabel = "SECONDS",
            description = "What a message takes, one way (default: ${DEFAULT-VALUE}).")
    private double networkDelay = 0.0005;

    @Option(
            names = "--start-cost",
            paramLabel = "SECONDS",
            description = "From a task's launch to its first progress (default: ${DEFAULT-VALUE}).")
    private double startCost;

    @Option(
            names = "--preemption-cost",
            paramLabel = "SECONDS",
            description = "Work that a pause and its resume cost a task (default: ${DEFAULT-VALUE}).")
    private double preemptionCost;

    @Option(
            names = "--report-interval",
            paramLabel = "SECONDS",
            description = "Between two load reports of a node under kairos (default: ${DEFAULT-VALUE}).")
    private double reportInterval = 5;

    @Option(
            names = "--eagle-compat",
            description = "Cut fractions of a second off tasks and set jobs of one moment 10 ms apart, as Eagle's"
                    + " simulator does.")
    private boolean eagleCompat;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimulateCommand(Console console) {
        super(console);
    }

    /**
     * A run to be made.
     *
     * @param which of the runs of its policy
     */
    private record Planned(Policy policy, int which) {}

    @Override
    public Integer call() throws IOException {
        SimulationSettings settings = settings();
        List<Policy> parsed = parsed();
        common.check(spec);
        Workload first = workload(0);
        Simulator simulator = new Simulator(settings);
        List<Planned> planned = new ArrayList<>();
        for (Policy policy : parsed) {
            for (int which = 0; which < seeds; which++) {
                planned.add(new Planned(policy, which));
            }
        }
        List<RunSummary> runs = planned.parallelStream()
                .map(plan -> {
                    // A trace is read once; a generated workload is drawn anew for each seed, and kept no longer than
                    // its run.
                    Workload jobs = plan.which() == 0 || !workloads.generated() ? first : workload(plan.which());
                    Simulator.Outcome outcome = simulator.run(plan.policy(), jobs, common.seed() + plan.which());
                    return RunSummarizer.summarize(outcome.record(), outcome.counts());
                })
                .toList();
        WorkloadSummary summary = summary(first);
        common.writeJson(new Results(summary, null, runs));
        TerminalTable.lines(new Results(summary, null, SeedMeans.of(runs))).forEach(console.out()::println);
        return 0;
    }

    private WorkloadSummary summary(Workload workload) {
        return new WorkloadSummary(
                workload.name(),
                workload.jobs().size(),
                workload.taskCount(),
                workloads.generated() ? common.seed() : null,
                workload.serviceSeconds());
    }

    private Workload workload(int which) {
        return classified(workloads.load(spec, nodes * slots, 1, common.seed() + which));
    }

    private Workload classified(Workload workload) {
        Double limit = cutoff;
        if (limit == null) {
            return workload;
        }
        // Whole seconds above the cutoff begin at the next whole second.
        return workload.classifiedBy(eagleCompat ? Math.nextDown(Math.floor(limit) + 1) : limit);
    }

    private SimulationSettings settings() {
        Checks.range(spec, "--nodes", nodes, 1, 1_000_000);
        Checks.range(spec, "--slots", slots, 1, 256);
        Checks.range(
                spec, "--nodes " + nodes + " with --slots " + slots + ": slots", (long) nodes * slots, 1, 1_000_000);
        Checks.range(spec, "--queue-bound", queueBound, 0, 256);
        Checks.range(spec, "--seeds", seeds, 1, 1_000);
        Checks.range(spec, "--quantum", quantum, 0.001, MOST_SECONDS);
        Checks.range(spec, "--short-reserved", shortReserved, 0, 99);
        Checks.range(spec, "--network-delay", networkDelay, 0, MOST_SECONDS);
        Checks.range(spec, "--start-cost", startCost, 0, MOST_SECONDS);
        Checks.range(spec, "--preemption-cost", preemptionCost, 0, MOST_SECONDS);
        Checks.range(spec, "--report-interval", reportInterval, 0, MOST_SECONDS);
        if (cutoff != null) {
            Checks.range(spec, "--cutoff", cutoff, 0.001, Seconds.LONGEST);
        }
        if (preemptionCost >= quantum) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--preemption-cost " + preemptionCost + ": expected less than the quantum of " + quantum
                            + " s, or tasks that are preempted each quantum never end");
        }
        return new SimulationSettings(
                nodes,
                slots,
                queueBound,
                quantum,
                networkDelay,
                startCost,
                preemptionCost,
                reportInterval,
                shortReserved / 100,
                eagleCompat);
    }

    private List<Policy> parsed() {
        List<String> names = policies.stream().map(String::strip).toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--policy " + String.join(",", names) + ": expected each name once");
        }
        try {
            return names.stream().map(Policy::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--policy: " + e.getMessage(), e);
        }
    }
}
