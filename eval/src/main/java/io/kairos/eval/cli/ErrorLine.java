/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on stderr and an exit status; a stack trace goes to the log. */
final class ErrorLine implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ErrorLine.class);

    private final PrintStream err;

    ErrorLine(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        Object user = command.getCommand();
        boolean commandExpected = user instanceof CommandGroup;
        if (failure instanceof UnmatchedArgumentException unmatched && commandExpected) {
            print(
                    command,
                    "unknown: '" + unmatched.getUnmatched().get(0) + "', expected one of "
                            + String.join(", ", command.getSubcommands().keySet()));
        } else {
            print(command, message(failure));
        }
        return WRONG_USE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        LOG.error("{} failed", command.getCommandSpec().qualifiedName(), failure);
        if (failure instanceof InterruptedException) {
            print(command, "interrupted");
        } else if (failure instanceof IOException files) {
            print(command, describe(files));
        } else {
            print(command, "unexpected: " + failure + "; details in " + writeDetails(failure));
        }
        return FAILED;
    }

    /** What went wrong with a file, in words: Java's own messages are often the bare path. */
    static String describe(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": no permission";
        }
        if (failure instanceof FileSystemException other && other.getReason() == null) {
            return other.getFile() + ": " + other.getClass().getSimpleName();
        }
        String text = message(failure);
        return failure instanceof FileNotFoundException ? "file not found: " + text : text;
    }

    private void print(CommandLine command, String message) {
        err.println(command.getCommandSpec().qualifiedName() + ": " + message);
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("; "));
    }

    /** Writes the stack trace to a file of its own; returns where. */
    static String writeDetails(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Files.createTempFile("kairos-", ".log");
            return Files.writeString(file, trace.toString()).toString();
        } catch (IOException e) {
            return "no file, none could be written";
        }
    }
}
