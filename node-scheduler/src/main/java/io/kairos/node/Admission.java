/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which held tasks memory and bound allow to launch.
 *
 * <p>A task that asks for more memory than the node gives launches when nothing else is launched. So that a stream of small
 * tasks cannot keep it out for ever, tasks that arrived after it are held until it has launched: the node drains.
 */
final class Admission {
    private long memoryMb;
    private int bound;

    Admission(NodeSettings settings) {
        reconfigure(settings);
    }

    void reconfigure(NodeSettings settings) {
        memoryMb = settings.memoryMb();
        bound = settings.launchBound();
    }

    void bound(int launchBound) {
        this.bound = launchBound;
    }

    /** Why a held task may not launch whatever slots are free; null if it may. */
    <K> @Nullable Reason refusal(TaskTable<K> table, Task<K> task) {
        if (table.launchedCount() >= bound) {
            return Reason.BOUND;
        }
        if (table.launchedCount() > 0 && task.request.memoryMb() > memoryMb - table.launchedMemoryMb()) {
            return Reason.NO_MEMORY;
        }
        return oversizedWaitsSinceBefore(table.waiting(), task) ? Reason.NO_MEMORY : null;
    }

    private <K> boolean oversizedWaitsSinceBefore(List<Task<K>> waiting, Task<K> task) {
        if (memoryMb == Long.MAX_VALUE) {
            return false;
        }
        for (int i = 0; i < waiting.size(); i++) {
            Task<K> other = waiting.get(i);
            if (other.state == State.HELD && other.request.memoryMb() > memoryMb && other.sequence < task.sequence) {
                return true;
            }
        }
        return false;
    }
}
