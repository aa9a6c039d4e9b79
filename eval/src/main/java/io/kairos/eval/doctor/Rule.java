/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

/**
 * A fault that a check knows.
 *
 * @param name short and stable, for scripts
 * @param what the fault in general
 * @param why what would happen
 * @param mend what mends it in general
 */
public record Rule(String name, Severity severity, String what, String why, String mend) {
    public static Rule error(String name, String what, String why, String mend) {
        return new Rule(name, Severity.ERROR, what, why, mend);
    }

    public static Rule warning(String name, String what, String why, String mend) {
        return new Rule(name, Severity.WARNING, what, why, mend);
    }

    public static Rule advice(String name, String what, String why, String mend) {
        return new Rule(name, Severity.ADVICE, what, why, mend);
    }
}
