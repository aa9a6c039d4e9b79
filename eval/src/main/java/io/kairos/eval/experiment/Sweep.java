/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is varied: one setting of the cluster or the workload, or one option of some policies.
 *
 * @param setting null where an option is varied
 * @param option null where a setting is varied
 * @param of the policies that take the option, as the scenario names them; the others run as they are; null for a setting
 * @param values as text, in the order in which they are shown
 */
record Sweep(@Nullable Setting setting, @Nullable String option, @Nullable List<String> of, List<String> values) {
    /** @throws IllegalArgumentException if it is not one of the two, or a value occurs twice */
    Sweep {
        values = values == null ? List.of() : List.copyOf(values);
        of = of == null ? null : List.copyOf(of);
        if ((setting == null) == (option == null)) {
            throw new IllegalArgumentException("setting and option: expected one of the two");
        }
        if ((option == null) != (of == null)) {
            throw new IllegalArgumentException(
                    "of: expected with an option, and only there: the policies that take it");
        }
        if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("values: expected at least one, and each once");
        }
    }

    /** What is varied, for headings. */
    String name() {
        return setting != null ? setting.userName() : String.valueOf(option);
    }

    /** The same with one value only. */
    Sweep at(String value) {
        return new Sweep(setting, option, of, List.of(value));
    }
}
