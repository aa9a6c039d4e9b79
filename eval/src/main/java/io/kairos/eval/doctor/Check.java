/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.List;

/** Looks for a few faults that belong together. Without state. */
public interface Check {
    /** What is looked over, in a few words. */
    String subject();

    /** The faults it knows. */
    List<Rule> rules();

    /** Why there is nothing to look at in this configuration, in a few words; empty if there is. */
    default String needless(Patient patient) {
        return "";
    }

    void examine(Patient patient, Notes notes);
}
