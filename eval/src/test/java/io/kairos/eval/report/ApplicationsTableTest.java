/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.ApplicationRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplicationsTableTest {
    @Test
    void aLineASchedulerOfAtMost80Columns() {
        Map<String, List<ApplicationRecord>> runs = new LinkedHashMap<>();
        runs.put("fifo", List.of(job(true, 1, null, null)));
        runs.put("kairos", List.of(job(true, 0, 12, 1800.25), job(false, 2, 3, 4.0)));

        List<String> lines = ApplicationsTable.lines(runs);

        assertThat(lines).allMatch(line -> line.length() <= 80).hasSize(4);
        assertThat(lines.get(2).split("\\s+")).containsExactly("", "fifo", "1/1", "1", "0", "-", "0", "5", "-", "-");
        assertThat(lines.get(3).split("\\s+"))
                .containsExactly("", "kairos", "1/2", "2", "0", "-", "0", "10", "12", "1800.3");
    }

    @Test
    void withoutRealJobsThereIsNone() {
        assertThat(ApplicationsTable.lines(Map.of())).isEmpty();
    }

    private static ApplicationRecord job(boolean right, int lost, @Nullable Integer pauses, @Nullable Double longest) {
        return new ApplicationRecord("1", "pi", 0, "pi 3", right, 4, 0, lost, 0, null, 5, pauses, longest);
    }
}
