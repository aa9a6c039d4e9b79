/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param lookedAt what was looked over, a line
 * @param findings the worst first, otherwise in the order of the checks
 * @param checked the subjects of the checks that were made
 * @param needless the subjects of the others, by the reason why there was nothing to look at
 * @param seen what is no fault
 * @param unchecked what could not be checked
 */
public record Diagnosis(
        String lookedAt,
        List<Finding> findings,
        List<String> checked,
        Map<String, List<String>> needless,
        List<String> seen,
        List<Notes.Unchecked> unchecked) {
    private static final String INDENT = "    ";

    /** Runs the checks. */
    public static Diagnosis of(String lookedAt, Patient patient, List<Check> checks) {
        Notes notes = new Notes();
        List<String> checked = new ArrayList<>();
        Map<String, List<String>> needless = new LinkedHashMap<>();
        for (Check check : checks) {
            String reason = check.needless(patient);
            if (reason.isEmpty()) {
                check.examine(patient, notes);
                checked.add(check.subject());
            } else {
                needless.computeIfAbsent(reason, any -> new ArrayList<>()).add(check.subject());
            }
        }
        return new Diagnosis(
                lookedAt,
                notes.findings().stream()
                        .sorted(Comparator.comparing(finding -> finding.rule().severity()))
                        .toList(),
                checked,
                needless,
                List.copyOf(notes.seen()),
                List.copyOf(notes.unchecked()));
    }

    /** The exit status: 0 if nothing is worse than advice, else 1. */
    public int exitStatus() {
        return count(Severity.ERROR) + count(Severity.WARNING) == 0 ? 0 : 1;
    }

    private int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }

    /** At most 80 columns, but for what is to be copied whole. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(Lines.wrap(lookedAt, INDENT));
        for (Finding finding : findings) {
            lines.add("");
            lines.addAll(finding.lines());
        }
        lines.add("");
        lines.addAll(Lines.wrap(summary(), INDENT));
        seen.forEach(sentence -> lines.addAll(Lines.wrap("seen: " + sentence, INDENT)));
        lines.addAll(Lines.wrap("checked: " + String.join(", ", checked), INDENT));
        needless.forEach((reason, subjects) ->
                lines.addAll(Lines.wrap("not needed: " + String.join(", ", subjects) + ": " + reason, INDENT)));
        unchecked.forEach(one -> lines.addAll(Lines.wrap("not checked: " + one.what() + ": " + one.why(), INDENT)));
        return lines;
    }

    private String summary() {
        if (findings.isEmpty()) {
            return "nothing found";
        }
        return plural(count(Severity.ERROR), "error") + ", " + plural(count(Severity.WARNING), "warning") + ", "
                + count(Severity.ADVICE) + " advice";
    }

    private static String plural(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** For programs. */
    public Json json() {
        return new Json(
                lookedAt,
                count(Severity.ERROR),
                count(Severity.WARNING),
                count(Severity.ADVICE),
                findings.stream().map(JsonFinding::of).toList(),
                checked,
                needless,
                seen,
                unchecked);
    }

    /** The whole as JSON shows it. */
    public record Json(
            String lookedAt,
            int errors,
            int warnings,
            int advice,
            List<JsonFinding> findings,
            List<String> checked,
            Map<String, List<String>> notNeeded,
            List<String> seen,
            List<Notes.Unchecked> notChecked) {}

    /** A finding as JSON shows it. */
    public record JsonFinding(String name, String severity, String what, String why, List<String> mend) {
        private static JsonFinding of(Finding finding) {
            return new JsonFinding(
                    finding.rule().name(),
                    finding.rule().severity().toString(),
                    finding.what(),
                    finding.why(),
                    finding.mendLines().stream().map(String::strip).toList());
        }
    }
}
