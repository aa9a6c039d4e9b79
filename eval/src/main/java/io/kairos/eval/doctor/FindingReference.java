/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.List;
import java.util.Locale;

/** The reference of all findings, as Markdown; docs/doctor.md is made from it, and a test holds the two together. */
public final class FindingReference {
    private FindingReference() {}

    /** The whole reference. */
    public static String markdown(List<Check> checks) {
        StringBuilder text = new StringBuilder("# What `./kairos doctor` finds\n\n"
                + "An error: a daemon does not start, Kairos does not work, or jobs break. A warning: it works, but slowly or not"
                + " safely. Advice: it would\nbe better otherwise. The exit status is 0 where nothing is worse than advice, 1"
                + " where something is, 2 for wrong use. `--json FILE` has\nthe findings by these names, which do not"
                + " change.\n");
        for (Check check : checks) {
            String subject = check.subject();
            text.append("\n## ")
                    .append(subject.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(subject.substring(1))
                    .append("\n\n| name | severity | what | why | mend |\n|---|---|---|---|---|\n");
            for (Rule rule : check.rules()) {
                text.append("| `")
                        .append(rule.name())
                        .append("` | ")
                        .append(rule.severity())
                        .append(" | ")
                        .append(cell(rule.what()))
                        .append(" | ")
                        .append(cell(rule.why()))
                        .append(" | ")
                        .append(cell(rule.mend()))
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
