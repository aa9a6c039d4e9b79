/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the decisions of one call, each with the counts of the moment right after it. */
final class DecisionLog<K> {
    private final TaskTable<K> table;
    private List<Decision<K>> decisions = List.of();

    DecisionLog(TaskTable<K> table) {
        this.table = table;
    }

    void add(Action action, Reason reason, Task<K> task, @Nullable Task<K> counterpart, long now) {
        if (decisions.isEmpty()) {
            decisions = new ArrayList<>(4);
        }
        decisions.add(new Decision<>(
                action,
                reason,
                task.request.task(),
                task.request.application(),
                now,
                task.attained(now),
                task.request.weight(),
                task.preemptions,
                counterpart == null ? null : counterpart.request.task(),
                counterpart == null ? 0 : counterpart.attained(now),
                counterpart == null ? 1 : counterpart.request.weight(),
                table.running().size(),
                table.pausedCount(),
                table.heldCount()));
    }

    /** The decisions since the last call of this method. */
    List<Decision<K>> drain() {
        List<Decision<K>> drained = decisions;
        decisions = List.of();
        return drained.isEmpty() ? drained : Collections.unmodifiableList(drained);
    }
}
