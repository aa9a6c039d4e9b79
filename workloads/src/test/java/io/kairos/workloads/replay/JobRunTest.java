/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JobRunTest {

    private static final int ATTEMPTS = 4;

    /** A cluster that notes what it is asked. */
    private static final class FakeContainers implements Containers {
        private final Map<String, Attempt> launched = new LinkedHashMap<>();
        private final Set<String> released = new LinkedHashSet<>();
        private int requested;

        @Override
        public void request(int count) {
            requested += count;
        }

        @Override
        public void launch(String container, Attempt attempt) {
            assertThat(launched.put(container, attempt)).isNull();
        }

        @Override
        public void release(String container) {
            assertThat(released.add(container)).isTrue();
        }
    }

    private final FakeContainers cluster = new FakeContainers();
    private final JobRun run = new JobRun(job(Stage.of(1, 2), Stage.of(3)), ATTEMPTS, cluster);

    @Test
    void aStageStartsWhenAllOfTheOneBeforeHaveCompleted() {
        run.begin();
        assertThat(cluster.requested).isEqualTo(2);
        run.allocated("a");
        run.allocated("b");
        assertThat(cluster.launched.get("b")).isEqualTo(new Attempt(new TaskId(1, 0, 1), 1, 2));

        run.ended("a", TaskEnd.COMPLETED);
        assertThat(cluster.requested).isEqualTo(2);
        run.ended("b", TaskEnd.COMPLETED);
        assertThat(cluster.requested).isEqualTo(3);
        assertThat(run.isOver()).isFalse();

        run.allocated("c");
        run.ended("c", TaskEnd.COMPLETED);
        assertThat(run.isOver()).isTrue();
        assertThat(run.hasFailed()).isFalse();
        assertThat(run.progress()).isEqualTo(1f);
    }

    @Test
    void aContainerTooManyIsGivenBack() {
        run.begin();
        run.allocated("a");
        run.allocated("b");

        assertThat(run.allocated("c")).isNull();
        assertThat(cluster.released).containsExactly("c");
        assertThat(run.ended("c", TaskEnd.LOST)).isNull();
    }

    @Test
    void aTaskIsTriedAgainThreeTimesAndThenItsJobFails() {
        run.begin();
        run.allocated("b");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            assertThat(run.isOver()).isFalse();
            String container = "a" + attempt;
            Attempt given = run.allocated(container);
            assertThat(given).isNotNull().extracting(Attempt::number).isEqualTo(attempt);
            run.ended(container, attempt % 2 == 0 ? TaskEnd.KILLED : TaskEnd.FAILED);
        }

        assertThat(run.hasFailed()).isTrue();
        assertThat(run.failure()).isEqualTo("task 1.0.1 ended KILLED in each of 4 attempts");
        assertThat(cluster.requested).isEqualTo(2 + 3);
        assertThat(run.abandon()).containsOnlyKeys("b");
        assertThat(cluster.released).containsExactly("b");
        assertThat(run.abandon()).isEmpty();
    }

    @Test
    void whatComesAfterTheEndChangesNothing() {
        run.begin();
        run.allocated("a");
        run.fail("the replay was closed");
        run.fail("again");

        run.ended("a", TaskEnd.COMPLETED);
        assertThat(run.allocated("b")).isNull();
        assertThat(run.failure()).isEqualTo("the replay was closed");
        assertThat(run.awaited()).isZero();
        assertThat(cluster.requested).isEqualTo(2);
    }

    @Test
    void aJobBeginsOnce() {
        run.begin();
        assertThatIllegalStateException().isThrownBy(run::begin).withMessage("job 1 began already");
    }

    /** Whatever the order of events: never more containers than asked for, stages apart, each task completed once. */
    @Property(tries = 1000)
    void everyHistoryCompletesEachTaskOnceInTheOrderOfStages(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 8) Integer> stages, @ForAll long seed) {
        Random random = new Random(seed);
        FakeContainers fake = new FakeContainers();
        JobRun history = new JobRun(
                job(stages.stream().map(tasks -> Stage.of(ones(tasks))).toArray(Stage[]::new)), 1_000, fake);
        history.begin();
        List<String> running = new ArrayList<>();
        List<TaskId> completed = new ArrayList<>();
        int allocated = 0;
        while (!history.isOver()) {
            assertThat(history.awaited()).isEqualTo(fake.requested - allocated);
            if (history.awaited() > 0 && (running.isEmpty() || random.nextBoolean())) {
                String container = "c" + allocated++;
                history.allocated(container);
                running.add(container);
            } else {
                String container = running.remove(random.nextInt(running.size()));
                TaskEnd end = random.nextInt(4) > 0 ? TaskEnd.COMPLETED : TaskEnd.LOST;
                Attempt attempt = history.ended(container, end);
                assertThat(attempt).isEqualTo(fake.launched.get(container));
                if (attempt != null && end == TaskEnd.COMPLETED) {
                    completed.add(attempt.task());
                }
            }
        }
        assertThat(running).isEmpty();
        assertThat(fake.released).isEmpty();
        assertThat(completed)
                .doesNotHaveDuplicates()
                .hasSize(stages.stream().mapToInt(tasks -> tasks).sum());
        assertThat(completed.stream().map(TaskId::stage).collect(Collectors.toList()))
                .isSorted();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Job job(Stage... stages) {
        return new Job(1, "job-1", 0, JobClass.SHORT, List.of(stages));
    }
}
