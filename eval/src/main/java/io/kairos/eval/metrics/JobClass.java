/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Locale;

/** The two classes of jobs the figures are split by. The workload says which a job is; no scheduler is told. */
public enum JobClass {
    SHORT,
    LONG;

    /** The name used in files and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
