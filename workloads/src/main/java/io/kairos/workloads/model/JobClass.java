/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

import java.util.Locale;

/**
 * The class a job is reported under. A label for reports and for baselines that need one; Kairos itself never reads it.
 */
public enum JobClass {
    SHORT,
    LONG;

    /** The label as it stands in files: {@code short} or {@code long}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
