/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.demo.SchedulerRun;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The top command. Exit status of every command: 0 done, 1 it failed, 2 wrong use. */
@Command(
        name = "kairos",
        description = "Estimate-free scheduling of heavy-tailed jobs on stock Apache Hadoop YARN.",
        synopsisSubcommandLabel = "COMMAND")
final class KairosCommand extends CommandGroup {
    private KairosCommand() {}

    /** The whole command line, wired to what runs schedulers and to where output goes. */
    static CommandLine commandLine(SchedulerRun.Factory runs, Console console) {
        CommandLine workload = new CommandLine(new WorkloadCommand())
                .addSubcommand(new WorkloadListCommand(console))
                .addSubcommand(new WorkloadGenerateCommand(console))
                .addSubcommand(new WorkloadStatsCommand(console))
                .addSubcommand(new WorkloadConvertCommand(console));
        CommandLine bench = new CommandLine(new BenchCommand())
                .addSubcommand(new BenchPlacementCommand(console))
                .addSubcommand(new BenchNodeCommand(console))
                .addSubcommand(new BenchSchedulersCommand(console))
                .addSubcommand(new BenchReportsCommand(console))
                .addSubcommand(new BenchSlsCommand(console))
                .addSubcommand(new BenchSimulatorCommand(console));
        CommandLine experiment = new CommandLine(new ExperimentCommand(console))
                .addSubcommand(new ExperimentTheoryCommand(console))
                .addSubcommand(new CommandLine(new BenchSimulatorCommand(console)).setCommandName("speed"));
        CommandLine cluster = new CommandLine(new ClusterCommand())
                .addSubcommand(new ClusterUpCommand(console))
                .addSubcommand(new ClusterStatusCommand(console))
                .addSubcommand(new ClusterStopCommand(console))
                .addSubcommand(new ClusterStartCommand(console))
                .addSubcommand(new ClusterDownCommand(console));
        CommandLine run = new CommandLine(new RunCommand())
                .addSubcommand(client(new RunSparkCommand(console)))
                .addSubcommand(client(new RunMapReduceCommand(console)))
                .addSubcommand(client(new RunHadoopCommand(console)));
        CommandLine commandLine = new CommandLine(new KairosCommand())
                .addSubcommand(new DemoCommand(runs, console))
                .addSubcommand(new SimulateCommand(console))
                .addSubcommand(new ReplayCommand(console))
                .addSubcommand(experiment)
                .addSubcommand(bench)
                .addSubcommand(new ReportCommand(console))
                .addSubcommand(cluster)
                .addSubcommand(run)
                .addSubcommand(new StatusCommand(console))
                .addSubcommand(new TopCommand(console))
                .addSubcommand(new WhyCommand(console))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(workload);
        ErrorLine errors = new ErrorLine(console.err());
        return commandLine
                .registerConverter(int.class, NumberText::wholeNumber)
                .registerConverter(Integer.class, NumberText::wholeNumber)
                .registerConverter(long.class, NumberText::longNumber)
                .registerConverter(double.class, NumberText::number)
                .setOut(new PrintWriter(console.out(), true, Charset.defaultCharset()))
                .setErr(new PrintWriter(console.err(), true, Charset.defaultCharset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(KairosCommand::runLast);
    }

    /** What is not ours is the job's, and all that follows. */
    private static CommandLine client(ClientCommand command) {
        return new CommandLine(command)
                .setUnmatchedOptionsArePositionalParams(true)
                .setStopAtPositional(true);
    }

    /** What stands before the name of a command inside another one would be lost without a word. */
    private static int runLast(ParseResult parsed) {
        for (ParseResult level = parsed; level.hasSubcommand(); level = level.subcommand()) {
            if (!level.matchedArgs().isEmpty()) {
                String inner = level.subcommand().commandSpec().name();
                throw new ParameterException(
                        level.commandSpec().commandLine(),
                        "expected nothing before '" + inner + "', and its options behind it");
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
