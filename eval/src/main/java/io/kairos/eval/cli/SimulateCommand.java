/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.files.EventsDraft;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummarizer;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.eval.report.HtmlReport;
import io.kairos.eval.report.TerminalTable;
import io.kairos.eval.simulator.NodeGroup;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.SimulationSettings;
import io.kairos.eval.simulator.SimulationSettings.NodeFailures;
import io.kairos.eval.simulator.Simulator;
import io.kairos.workloads.model.Seconds;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int MOST_SLOTS = 1_000_000;
    private static final int DEFAULT_NODES = 30;
    private static final int DEFAULT_SLOTS = 4;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "NAME",
            description = "Of big-c, capacity, dlwl, eagle, fifo, hawk, kairos, kairos-job, las, las-global, lwl, ps,"
                    + " random, sfs, sparrow, srpt, two-choices, uncontended, the others compared with the first;"
                    + " kairos:tie=oldest or eagle:estimate=0.1..10 sets a variant (default: fifo,kairos).")
    private List<String> policies = List.of("fifo", "kairos");

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes (default: " + DEFAULT_NODES + ").")
    private @Nullable Integer nodes;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Tasks a node runs at a time (default: " + DEFAULT_SLOTS + ").")
    private @Nullable Integer slots;

    @Option(
            names = "--node-groups",
            split = ",",
            paramLabel = "NxSLOTS[@SPEED]",
            description = "Nodes that differ, instead of --nodes and --slots: 20x4,10x8@0.5 are 20 of 4 slots and 10 of"
                    + " 8 slots at half the speed.")
    private List<String> groups = List.of();

    @Option(
            names = "--queue-bound",
            paramLabel = "Q",
            description =
                    "Tasks a node takes beyond its slots under kairos and kairos-job (default: ${DEFAULT-VALUE}).")
    private int queueBound = 4;

    @Option(
            names = "--quantum",
            paramLabel = "SECONDS",
            description = "Service after which a running task may have to make way under kairos, kairos-job, las and"
                    + " las-global"
                    + " (default: ${DEFAULT-VALUE}).")
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
            description =
                    "A job whose mean task is longer is long: for the report, and for policies that know classes (default: as"
                            + " the workload says).")
    private @Nullable Double cutoff;

    @Option(
            names = "--short-reserved",
            paramLabel = "PERCENT",
            description =
                    "Share of the slots that dlwl, eagle, hawk and lwl keep for short jobs (default: ${DEFAULT-VALUE}).")
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
            description = "Between two load reports of a node under kairos, and between two tellings of the work that"
                    + " jobs have left under kairos-job (default: ${DEFAULT-VALUE}).")
    private double reportInterval = 5;

    @Option(
            names = "--placement-interval",
            paramLabel = "SECONDS",
            description = "Between two moments at which waiting tasks are placed (default: 0, at once).")
    private double placementInterval;

    @Option(
            names = "--node-failures",
            paramLabel = "SECONDS",
            description = "Mean time until a node fails, whose tasks are lost then and run again (default: never).")
    private @Nullable Double failures;

    @Option(
            names = "--node-repair",
            paramLabel = "SECONDS",
            description = "From a node's failure until it is back (default: ${DEFAULT-VALUE}).")
    private double repair = 600;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write results.json, and of each policy's first run jobs.csv, events.csv and report.html, to this"
                            + " folder.")
    private @Nullable Path out;

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
     * @param index of the policy among those asked for
     * @param which of the runs of its policy
     */
    private record Planned(Policy policy, int index, int which) {}

    /**
     * A run that was made.
     *
     * @param jobs what became of them; null where nobody asks for it
     */
    private record Made(RunSummary summary, @Nullable List<JobRecord> jobs) {}

    @Override
    public Integer call() throws IOException {
        SimulationSettings settings = settings();
        List<Policy> parsed = parsed(settings);
        common.check(spec);
        RunFolder folder = folder();
        Workload first = workload(settings, 0);
        try {
            settings.refuseEndless(first);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--node-failures: " + e.getMessage(), e);
        }
        Results results;
        if (folder == null) {
            results = results(first, run(settings, parsed, first, null));
            common.writeJson(results);
        } else {
            List<String> labels = parsed.stream().map(Policy::label).toList();
            try (EventsDraft draft = folder.draft(labels)) {
                List<Made> made = run(settings, parsed, first, draft);
                results = results(first, made);
                common.writeJson(results);
                write(folder, results, made, draft);
            }
        }
        TerminalTable.lines(results.means()).forEach(console.out()::println);
        if (folder != null) {
            console.out().println();
            console.out().println("page: " + folder.page());
        }
        return 0;
    }

    /** @param draft takes the events of each policy's first run; null where nobody asks for them */
    private List<Made> run(
            SimulationSettings settings, List<Policy> parsed, Workload first, @Nullable EventsDraft draft)
            throws IOException {
        Simulator simulator = new Simulator(settings);
        List<Planned> planned = new ArrayList<>();
        for (int index = 0; index < parsed.size(); index++) {
            for (int which = 0; which < seeds; which++) {
                planned.add(new Planned(parsed.get(index), index, which));
            }
        }
        try {
            return planned.parallelStream()
                    .map(plan -> {
                        // A trace is read once; a generated workload is drawn anew for each seed, and kept no longer
                        // than its run.
                        boolean isFirst = plan.which() == 0;
                        Workload jobs = isFirst || !workloads.generated() ? first : workload(settings, plan.which());
                        return made(simulator, plan, jobs, isFirst ? draft : null);
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** @throws UncheckedIOException its events could not be written */
    private Made made(Simulator simulator, Planned plan, Workload jobs, @Nullable EventsDraft draft) {
        long seed = common.seed() + plan.which();
        if (draft == null) {
            return new Made(summary(simulator.run(plan.policy(), jobs, seed)), null);
        }
        try (EventsDraft.Part part = draft.begin(plan.index())) {
            Simulator.Outcome outcome = simulator.run(plan.policy(), jobs, seed, part);
            return new Made(summary(outcome), outcome.record().jobs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunSummary summary(Simulator.Outcome outcome) {
        return RunSummarizer.summarize(outcome.record(), outcome.counts());
    }

    private Results results(Workload first, List<Made> made) {
        return new Results(
                summary(first), null, made.stream().map(Made::summary).toList());
    }

    /** The data of each policy's first run, the figures of all. */
    private static void write(RunFolder folder, Results results, List<Made> made, EventsDraft draft)
            throws IOException {
        Map<String, List<JobRecord>> jobs = new LinkedHashMap<>();
        for (Made one : made) {
            List<JobRecord> ended = one.jobs();
            if (ended != null) {
                jobs.put(one.summary().scheduler(), ended);
            }
        }
        Comparison comparison = folder.write(results, jobs, draft);
        Files.writeString(folder.page(), HtmlReport.render(comparison));
    }

    private @Nullable RunFolder folder() {
        if (out == null) {
            return null;
        }
        Checks.writableFolder(spec, "--out", out);
        return new RunFolder(out);
    }

    private WorkloadSummary summary(Workload workload) {
        return WorkloadSummary.of(workload, workloads.generated() ? common.seed() : null);
    }

    private Workload workload(SimulationSettings settings, int which) {
        return classified(workloads.load(spec, settings.slots(), 1, common.seed() + which));
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
        List<NodeGroup> nodeGroups = nodeGroups();
        long allSlots = nodeGroups.stream()
                .mapToLong(group -> (long) group.count() * group.slots())
                .sum();
        String asked = groups.isEmpty()
                ? "--nodes " + nodeGroups.get(0).count() + " with --slots "
                        + nodeGroups.get(0).slots()
                : "--node-groups " + String.join(",", groups);
        Checks.range(spec, asked + ": slots", allSlots, 1, MOST_SLOTS);
        Checks.range(spec, "--queue-bound", queueBound, 0, 256);
        Checks.range(spec, "--seeds", seeds, 1, 1_000);
        Checks.range(spec, "--quantum", quantum, 0.001, MOST_SECONDS);
        Checks.range(spec, "--short-reserved", shortReserved, 0, 99);
        Checks.range(spec, "--network-delay", networkDelay, 0, MOST_SECONDS);
        Checks.range(spec, "--start-cost", startCost, 0, MOST_SECONDS);
        Checks.range(spec, "--preemption-cost", preemptionCost, 0, MOST_SECONDS);
        Checks.range(spec, "--report-interval", reportInterval, 0, MOST_SECONDS);
        Checks.range(spec, "--placement-interval", placementInterval, 0, MOST_SECONDS);
        Checks.range(spec, "--node-repair", repair, 0.001, Seconds.LONGEST);
        if (failures != null) {
            Checks.range(spec, "--node-failures", failures, 1, Seconds.LONGEST);
        }
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
                nodeGroups,
                queueBound,
                quantum,
                networkDelay,
                startCost,
                preemptionCost,
                reportInterval,
                placementInterval,
                shortReserved / 100,
                failures == null ? null : new NodeFailures(failures, repair),
                eagleCompat);
    }

    private List<NodeGroup> nodeGroups() {
        if (!groups.isEmpty()) {
            if (nodes != null || slots != null) {
                throw new ParameterException(
                        spec.commandLine(), "--node-groups and --nodes or --slots: expected one of the two");
            }
            try {
                return groups.stream().map(String::strip).map(NodeGroup::parse).toList();
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--node-groups: " + e.getMessage(), e);
            }
        }
        int nodeCount = nodes == null ? DEFAULT_NODES : nodes;
        int slotCount = slots == null ? DEFAULT_SLOTS : slots;
        Checks.range(spec, "--nodes", nodeCount, 1, MOST_SLOTS);
        Checks.range(spec, "--slots", slotCount, 1, 256);
        return List.of(new NodeGroup(nodeCount, slotCount, 1));
    }

    private List<Policy> parsed(SimulationSettings settings) {
        List<String> names = policies.stream().map(String::strip).toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--policy " + String.join(",", names) + ": expected each name once");
        }
        try {
            List<Policy> parsed = names.stream().map(Policy::parse).toList();
            parsed.forEach(policy -> policy.refuseUnknown(settings));
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--policy: " + e.getMessage(), e);
        }
    }
}
