/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.Locale;

/** How bad it is. */
public enum Severity {
    /** A daemon does not start, Kairos does not work, or jobs break. */
    ERROR,
    /** It works, but slowly or not safely. */
    WARNING,
    /** It would be better otherwise. */
    ADVICE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
