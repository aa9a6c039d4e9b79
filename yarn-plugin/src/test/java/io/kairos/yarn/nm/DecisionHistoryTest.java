/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionHistoryTest {
    private final DecisionHistory history = new DecisionHistory();

    @Test
    void keepsTheFirstDecisionOfATaskAndTheNewest() {
        for (int i = 0; i < 1_000; i++) {
            history.add(row("a", i));
        }
        assertThat(history.of("a")).hasSize(DecisionHistory.MOST_OF_A_TASK + 1);
        assertThat(history.of("a")).first().isEqualTo(row("a", 0));
        assertThat(history.of("a")).element(1).isEqualTo(row("a", 1_000 - DecisionHistory.MOST_OF_A_TASK));
        assertThat(history.of("a")).last().isEqualTo(row("a", 999));
    }

    @Test
    void endedTasksAreForgottenOldestFirstAndOthersNever() {
        history.add(row("stays", 0));
        for (int i = 0; i <= DecisionHistory.MOST_ENDED_TASKS; i++) {
            history.add(row("task " + i, i));
            history.end("task " + i);
        }
        assertThat(history.of("task 0")).isEmpty();
        assertThat(history.of("task 1")).hasSize(1);
        assertThat(history.of("stays")).hasSize(1);
    }

    @Test
    void theNewestOfAllTasksAreInOrder() {
        history.add(row("a", 1));
        history.add(row("b", 2));
        history.add(row("a", 3));
        assertThat(history.newest(2)).containsExactly(row("b", 2), row("a", 3));
        assertThat(history.newest(10)).hasSize(3);
    }

    private static DecisionRow row(String task, long time) {
        return new DecisionRow(time, task, "PAUSE", "ARRIVAL", 1, 1, 1, "", 0, 1, 1, 1, 0, "");
    }
}
