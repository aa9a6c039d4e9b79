/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BroadcastJobTest {

    @Test
    void theJoinIsABroadcastJoin() {
        BroadcastJob job = new BroadcastJob(JobKind.BROADCAST.parse("broadcast", "--records", "1000"));
        String plan = job.joined(LocalSpark.session(), new Draw(1, 100), new Draw(2, 100))
                .queryExecution()
                .executedPlan()
                .toString();
        assertThat(plan).contains("BroadcastHashJoin").doesNotContain("SortMergeJoin");
    }
}
