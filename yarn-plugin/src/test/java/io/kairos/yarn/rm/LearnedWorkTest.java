/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.RemainingWork;
import io.kairos.yarn.protocol.EndedTasks;
import io.kairos.yarn.protocol.LoadReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** What nodes say of their tasks, added up. */
class LearnedWorkTest {
    private static final ApplicationId FIRST = ApplicationId.newInstance(1, 1);
    private static final ApplicationId SECOND = ApplicationId.newInstance(1, 2);

    private final List<LoadReport> reports = new ArrayList<>();
    private final Map<ApplicationId, Long> unfinished = new HashMap<>();
    private Optional<Duration> patience = Optional.of(Duration.ofSeconds(90));
    private long now;
    private final LearnedWork work = new LearnedWork(
            () -> reports, unfinished::keySet, id -> unfinished.getOrDefault(id, 0L), () -> patience, () -> now);

    @Test
    void whatAttainedAndWhatEndedIsAddedUpOverTheNodes() {
        unfinished.put(FIRST, 6L);
        report(1).application(FIRST, 5).ended(FIRST, new EndedTasks(2, 20)).add();
        report(2).application(FIRST, 7).application(SECOND, 100).add();
        report(3).ended(FIRST, new EndedTasks(1, 8)).add();
        work.learn();
        assertThat(work.all()).containsEntry(FIRST, new WorkLeft(40, 6, 3, 40.0 / 3, false));
        assertThat(left(FIRST)).isEqualTo(80);
        assertThat(work.all()).as("it has ended").doesNotContainKey(SECOND);
    }

    @Test
    void whatAnApplicationAsksForCountsAtOnceAndTheRestWhenItIsLearnedAnew() {
        unfinished.put(FIRST, 2L);
        report(1).application(FIRST, 10).add();
        work.learn();
        assertThat(left(FIRST)).isEqualTo(20);

        unfinished.put(FIRST, 5L);
        reports.clear();
        report(1).application(FIRST, 20).add();
        assertThat(left(FIRST)).isEqualTo(20);
        long before = work.round();
        work.asked(FIRST);
        assertThat(left(FIRST)).isEqualTo(50);
        assertThat(work.round()).isEqualTo(before);
        work.learn();
        assertThat(left(FIRST)).isEqualTo(100);
        assertThat(work.round()).isNotEqualTo(before);
    }

    @Test
    void aNewApplicationIsTakenForAUsualOne() {
        unfinished.put(FIRST, 0L);
        report(1).ended(FIRST, new EndedTasks(4, 12)).add();
        work.learn();
        unfinished.remove(FIRST);
        unfinished.put(SECOND, 0L);
        work.learn();
        assertThat(left(SECOND)).as("it has asked for nothing").isZero();
        unfinished.put(SECOND, 7L);
        work.asked(SECOND);
        assertThat(work.all()).containsEntry(SECOND, new WorkLeft(0, 7, 0, 3, false));
        assertThat(left(SECOND)).isEqualTo(21);
    }

    @Test
    void tasksThatEndedWithTheirApplicationCountForWhatIsUsual() {
        unfinished.put(FIRST, 9L);
        report(1).application(FIRST, 27).ended(FIRST, new EndedTasks(1, 3)).add();
        work.learn();
        unfinished.clear();
        unfinished.put(SECOND, 2L);
        work.learn();
        assertThat(left(SECOND)).isEqualTo(6);
    }

    @Test
    void nothingIsKnownOnceAllIsForgottenButWhatIsUsual() {
        unfinished.put(FIRST, 0L);
        report(1).ended(FIRST, new EndedTasks(4, 12)).add();
        work.learn();
        unfinished.clear();
        work.learn();
        work.forgetAll();
        unfinished.put(SECOND, 2L);
        assertThat(work.all()).doesNotContainKey(SECOND);
        work.learn();
        assertThat(left(SECOND)).isEqualTo(6);
    }

    @Test
    void whatANodeThatLeftHadSaidIsForgotten() {
        unfinished.put(FIRST, 2L);
        report(1).application(FIRST, 10).add();
        work.learn();
        reports.clear();
        work.learn();
        assertThat(work.all()).containsEntry(FIRST, new WorkLeft(0, 2, 0, 0, false));
    }

    @Test
    void whoGetsTooLittleForTooLongComesFirstUntilItHasHadEnough() {
        unfinished.put(FIRST, 2L);
        attained(1);
        assertThat(left(FIRST)).isEqualTo(2);
        after(Duration.ofSeconds(91));
        attained(19);
        assertThat(left(FIRST)).as("2 tasks are owed 10 s each").isZero();
        assertThat(work.all()).containsEntry(FIRST, new WorkLeft(19, 2, 0, 0, true));
        after(Duration.ofSeconds(2));
        attained(22);
        assertThat(left(FIRST)).isEqualTo(44);
        after(Duration.ofSeconds(90));
        attained(22);
        assertThat(left(FIRST)).isEqualTo(44);
    }

    @Test
    void withoutALimitOfPatienceAllWaitHoweverLongAndALimitCountsFromWhenItIsSet() {
        patience = Optional.empty();
        unfinished.put(FIRST, 2L);
        attained(1);
        after(Duration.ofDays(100));
        attained(1);
        assertThat(left(FIRST)).isEqualTo(2);
        patience = Optional.of(Duration.ofSeconds(9));
        attained(1);
        assertThat(left(FIRST)).isEqualTo(2);
        after(Duration.ofSeconds(10));
        attained(1);
        assertThat(left(FIRST)).isZero();
    }

    @Test
    void whoWantsNothingWaitsForNothing() {
        unfinished.put(FIRST, 0L);
        work.learn();
        after(Duration.ofDays(1));
        work.learn();
        unfinished.put(FIRST, 1L);
        attained(1);
        assertThat(left(FIRST)).isEqualTo(1);
    }

    /** Seconds, as far as what orders applications goes by it. */
    private double left(ApplicationId application) {
        WorkLeft known = work.all().get(application);
        double seconds = known == null ? 0 : known.comesFirst() ? 0 : known.seconds();
        assertThat(work.key(application)).isEqualTo(RemainingWork.key(seconds));
        return seconds;
    }

    private void after(Duration time) {
        now += time.toNanos();
    }

    private void attained(double seconds) {
        reports.clear();
        report(1).application(FIRST, seconds).add();
        work.learn();
    }

    private Report report(int node) {
        return new Report(LoadReport.of(NodeId.newInstance("node-" + node, 1), 1, 1));
    }

    private final class Report {
        private final LoadReport.Builder builder;

        Report(LoadReport.Builder builder) {
            this.builder = builder;
        }

        Report application(ApplicationId application, double attained) {
            builder.application(application, attained);
            return this;
        }

        Report ended(ApplicationId application, EndedTasks ended) {
            builder.ended(application, ended);
            return this;
        }

        void add() {
            reports.add(builder.build());
        }
    }
}
