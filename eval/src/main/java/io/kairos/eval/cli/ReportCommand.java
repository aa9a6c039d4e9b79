/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.report.HtmlReport;
import io.kairos.eval.report.TerminalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code kairos report DIR}. */
@Command(name = "report", description = "Writes the page again from the files of a run, and prints its table.")
final class ReportCommand extends ConsoleCommand {
    @Parameters(paramLabel = "DIR", description = "Folder with results.json, jobs.csv and events.csv.")
    private Path folder;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ReportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + ": expected the folder of a run");
        }
        RunFolder files = new RunFolder(folder);
        Comparison comparison = files.read();
        Files.writeString(files.page(), HtmlReport.render(comparison));
        common.writeJson(comparison.results());
        TerminalTable.lines(comparison.results().means()).forEach(console.out()::println);
        console.out().println();
        console.out().println("page: " + files.page());
        return 0;
    }
}
