/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.format.TraceFormat;
import io.kairos.workloads.generator.WorkloadGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** {@code kairos workload list}. */
@Command(name = "list", description = "Names the generated workloads and the trace formats.")
final class WorkloadListCommand extends ConsoleCommand {
    /** One name and what it stands for. */
    private record Entry(String name, String description) {}

    /** The result as JSON. */
    private record Listing(List<Entry> workloads, List<Entry> formats) {}

    private static final int WIDTH = 80;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Listing listing = new Listing(
                Arrays.stream(WorkloadGenerator.values())
                        .map(generator -> new Entry(generator.label(), generator.description()))
                        .toList(),
                Arrays.stream(TraceFormat.values())
                        .map(format -> new Entry(format.label(), described(format)))
                        .toList());
        common.writeJson(listing);
        print("workloads (--workload NAME)", listing.workloads());
        print("trace formats (--trace FORMAT:PATH)", listing.formats());
        return 0;
    }

    private static String described(TraceFormat format) {
        return format.description() + (format.isWritable() ? "; 'workload convert' writes it" : "");
    }

    private void print(String title, List<Entry> entries) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Help.Ansi.OFF),
                new Column(20, 2, Column.Overflow.SPAN),
                new Column(WIDTH - 20, 0, Column.Overflow.WRAP));
        entries.forEach(entry -> table.addRowValues(entry.name(), entry.description()));
        console.out().println(title);
        console.out().print(table);
    }
}
