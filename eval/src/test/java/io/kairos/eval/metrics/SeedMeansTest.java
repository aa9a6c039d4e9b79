/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.model.JobClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeedMeansTest {
    @Test
    void runsOfOneSchedulerBecomeOneWithTheMeanOfEachFigure() {
        RunSummary first = summary("kairos", 1, 10, 4L);
        RunSummary second = summary("kairos", 2, 30, 8L);
        RunSummary other = summary("fifo", 1, 100, null);
        List<RunSummary> means = SeedMeans.of(List.of(first, other, second));
        assertThat(means).extracting(RunSummary::scheduler).containsExactly("kairos", "fifo");
        assertThat(means.get(1)).isSameAs(other);
        RunSummary kairos = means.get(0);
        assertThat(kairos.completionTime()).isEqualTo(new Distribution(20, 20, 20, 20, 20, 20.0));
        assertThat(kairos.classes().values())
                .extracting(found -> found.completionTime().p99())
                .containsExactly(20.0);
        assertThat(kairos.preemptions()).isEqualTo(6);
        assertThat(kairos.placements()).isNull();
        assertThat(kairos.tasks()).isEqualTo(new TaskCounts(5, 5, 0, 0));
    }

    private static RunSummary summary(String scheduler, long seed, double seconds, @Nullable Long preemptions) {
        JobRecord job = new JobRecord("1", JobClass.SHORT, 5, 5, 1, 0, seconds);
        RunRecord record = new RunRecord(
                scheduler,
                seed,
                ClusterSize.alike(1, 1),
                null,
                null,
                null,
                null,
                List.of(job),
                List.of(),
                new TaskCounts(5, 5, 0, 0),
                RunCosts.UNKNOWN);
        return RunSummarizer.summarize(record, new RunCounts(null, preemptions, null, null));
    }
}
