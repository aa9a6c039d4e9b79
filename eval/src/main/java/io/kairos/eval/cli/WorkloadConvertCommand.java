/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.format.TraceFormat;
import io.kairos.workloads.format.TraceSource;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code kairos workload convert}. */
@Command(
        name = "convert",
        sortOptions = false,
        description = "Writes a trace in another format; times and classes stay as they are, as far as it has them.")
final class WorkloadConvertCommand extends ConsoleCommand {
    /** The result as JSON. */
    private record Conversion(String file, int jobs, int tasks, boolean stagesJoined) {}

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "The trace, as FORMAT:PATH; 'workload list' names the formats.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The file to write, as tr:FILE or csv:FILE.")
    private String to;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadConvertCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        TraceSource source = parsed(from);
        TraceSource target = parsed(to);
        requireWritable(target);
        requireDifferent(source.path(), target.path());
        Workload workload = read(source);
        target.format().write(workload, target.path());
        boolean joined = target.format() == TraceFormat.TR
                && workload.jobs().stream().anyMatch(job -> job.stages().size() > 1);
        Conversion result =
                new Conversion(target.path().toString(), workload.jobs().size(), workload.taskCount(), joined);
        common.writeJson(result);
        console.out()
                .println(result.file() + ": " + result.jobs() + " jobs, " + result.tasks() + " tasks"
                        + (joined ? "; the stages of a job are joined, as a .tr trace holds one a job" : ""));
        return 0;
    }

    private TraceSource parsed(String argument) {
        try {
            return TraceFormat.parse(argument);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage(), e);
        }
    }

    private Workload read(TraceSource source) {
        try {
            return source.read(console.err()::println);
        } catch (IOException e) {
            throw wrongUse(ErrorLine.describe(e), e);
        }
    }

    private void requireWritable(TraceSource target) {
        if (!target.format().isWritable()) {
            String writable = Arrays.stream(TraceFormat.values())
                    .filter(TraceFormat::isWritable)
                    .map(TraceFormat::label)
                    .collect(Collectors.joining(", "));
            throw wrongUse(to + ": " + target.format().label() + " is only read, expected one of " + writable, null);
        }
        Path file = target.path();
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw wrongUse(to + ": expected a file in a folder that exists", null);
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw wrongUse(to + ": expected a file that can be written", null);
        }
    }

    /** A trace that is written over while it is the only copy is lost if the disk fills up. */
    private void requireDifferent(Path source, Path target) throws IOException {
        if (Files.exists(source) && Files.exists(target) && Files.isSameFile(source, target)) {
            throw wrongUse(to + ": the trace itself, expected another file", null);
        }
    }

    private ParameterException wrongUse(@Nullable String message, @Nullable Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
