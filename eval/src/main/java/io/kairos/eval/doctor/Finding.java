/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault that was found.
 *
 * @param what what is wrong here, with file, key and value
 * @param why what would happen
 * @param mend what makes it go
 */
public record Finding(Rule rule, String what, String why, List<Change> mend) {
    private static final String INDENT = "    ";

    public Finding {
        mend = List.copyOf(mend);
    }

    /** What, why and mend, each on as many lines of 80 columns as it takes. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(Lines.wrap(rule.severity() + " " + rule.name() + ": " + what, INDENT));
        lines.addAll(Lines.wrap("  why: " + why, INDENT));
        String label = "  mend: ";
        for (Change change : mend) {
            List<String> shown = change.lines();
            if (change instanceof Change.Step) {
                lines.addAll(Lines.wrap(label + shown.get(0), INDENT));
            } else {
                lines.add(label + shown.get(0));
                shown.stream()
                        .skip(1)
                        .map(line -> change instanceof Change.Command ? INDENT + line : line)
                        .forEach(lines::add);
            }
            label = "  and: ";
        }
        return lines;
    }

    /** The mend as lines that stand alone. */
    public List<String> mendLines() {
        return mend.stream().flatMap(change -> change.lines().stream()).toList();
    }
}
