/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedWorkloadsTest {
    private static final WorkloadSource SOURCE = new WorkloadSource(
            new WorkloadSource.Generated(WorkloadGenerator.PAPER, GeneratorSettings.PAPER), null, "paper");

    @Test
    void jobsAreDrawnOnceAndHeldUntilTheLastRun() throws IOException {
        SharedWorkloads.Key first = new SharedWorkloads.Key(SOURCE, 1, false);
        SharedWorkloads.Key second = new SharedWorkloads.Key(SOURCE, 2, false);
        SharedWorkloads workloads = new SharedWorkloads(List.of(first, first, second));

        Workload drawn = workloads.take(first);
        workloads.release(first);
        assertThat(workloads.held()).isEqualTo(1);
        assertThat(workloads.take(first)).isSameAs(drawn);
        assertThat(workloads.take(second)).isNotEqualTo(drawn);
        assertThat(workloads.held()).isEqualTo(2);
        workloads.release(first);
        assertThat(workloads.held()).isEqualTo(1);
        workloads.release(second);
        assertThat(workloads.held()).isZero();
    }
}
