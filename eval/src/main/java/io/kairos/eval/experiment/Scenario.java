/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.workloads.format.TraceSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as data: which policies run which jobs on which cluster, what is varied, and what is shown of it. Immutable.
 *
 * @param name one word
 * @param question what is shown, and what is expected
 * @param note what a reader has to know to read the figures right, if anything
 * @param seeds runs of each policy, where nobody says otherwise
 * @param parts at least one
 */
public record Scenario(String name, String title, String question, @Nullable String note, int seeds, List<Part> parts) {
    public Scenario {
        parts = List.copyOf(parts);
    }

    /**
     * The same with these jobs.
     *
     * @throws IllegalArgumentException if the load of its jobs is varied
     */
    public Scenario replacedBy(TraceSource trace) {
        return each(part -> part.replacedBy(trace));
    }

    /**
     * The same on so many nodes. Jobs are drawn for the slots they were drawn for before.
     *
     * @throws IllegalArgumentException if those are too many slots
     */
    public Scenario onNodes(int nodes) {
        return each(part -> part.onNodes(nodes));
    }

    private Scenario each(UnaryOperator<Part> change) {
        List<Part> changed = parts.stream().map(change).toList();
        changed.forEach(Part::variants);
        return new Scenario(name, title, question, note, seeds, changed);
    }
}
