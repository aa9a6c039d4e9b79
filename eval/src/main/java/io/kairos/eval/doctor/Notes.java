/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.ArrayList;
import java.util.List;

/** What the checks write down. Not thread-safe. */
public final class Notes {
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<Unchecked> unchecked = new ArrayList<>();

    /**
     * Something that could not be checked.
     *
     * @param what what it was
     * @param why why not, and if need be what it takes
     */
    public record Unchecked(String what, String why) {}

    /** A fault, whose consequences are those of its rule. */
    public void found(Rule rule, String what, Change... mend) {
        findings.add(new Finding(rule, what, rule.why(), List.of(mend)));
    }

    /** A fault, with consequences that are told in more detail than its rule does. */
    public void foundBecause(Rule rule, String what, String why, Change... mend) {
        findings.add(new Finding(rule, what, why, List.of(mend)));
    }

    /** What an admin may want to know though it is no fault: a sentence. */
    public void saw(String sentence) {
        seen.add(sentence);
    }

    public void unchecked(String what, String why) {
        Unchecked one = new Unchecked(what, why);
        if (!unchecked.contains(one)) {
            unchecked.add(one);
        }
    }

    List<Finding> findings() {
        return findings;
    }

    List<String> seen() {
        return seen;
    }

    List<Unchecked> unchecked() {
        return unchecked;
    }
}
