/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.NodeCapacity;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.LoadReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** Which load reports count, and what is answered to those that do not. */
class ReportDeskTest {
    private static final NodeId NODE = NodeId.newInstance("node-1", 1);
    private static final NodeId STRANGER = NodeId.newInstance("node-2", 1);
    private static final int DEFAULT_QUEUE_BOUND = 4;
    private static final Duration EXPIRY = Duration.ofSeconds(5);
    private static final long NOW_MILLIS = 1_700_000_000_000L;

    private final ReportBook book = new ReportBook(DEFAULT_QUEUE_BOUND, EXPIRY, () -> NOW_MILLIS);
    private final Signals signals = new Signals(new NodesByName());
    private final CentralCounters counters = new CentralCounters();
    private final AtomicLong clock = new AtomicLong(100);
    private final Map<ApplicationId, ApplicationTerms> terms = new HashMap<>();
    private final Map<ApplicationId, Double> keys = new HashMap<>();
    private Mode mode = Mode.ENFORCE;
    private final ReportDesk desk = new ReportDesk(
            book,
            NODE::equals,
            signals,
            counters,
            clock::get,
            () -> mode,
            application -> Optional.ofNullable(terms.get(application)),
            application -> keys.containsKey(application)
                    ? OptionalDouble.of(Objects.requireNonNull(keys.get(application)))
                    : OptionalDouble.empty());

    @Test
    void latestReportCounts() {
        assertThat(answer(NODE, 1, 1, 2)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        clock.set(200);
        assertThat(answer(NODE, 1, 2, 3)).isEqualTo(3 + DEFAULT_QUEUE_BOUND);
        assertThat(book.latest(NODE)).hasValueSatisfying(latest -> {
            assertThat(latest.capacity()).isEqualTo(new NodeCapacity(3, DEFAULT_QUEUE_BOUND));
            assertThat(latest.arrivedNanos()).isEqualTo(200);
        });
        assertThat(counters.acceptedReports()).isEqualTo(2);
        assertThat(counters.droppedReports()).isZero();
    }

    @Test
    void reportsOutOfOrderAreDroppedAndAnsweredWithTheBoundInForce() {
        answer(NODE, 5, 7, 2);
        assertThat(answer(NODE, 5, 7, 9)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        assertThat(answer(NODE, 5, 6, 9)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        assertThat(answer(NODE, 4, 100, 9)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        assertThat(counters.droppedReports()).isEqualTo(3);
    }

    @Test
    void theReplyTellsTheKeysOfTheApplicationsOnTheNode() {
        ApplicationId known = ApplicationId.newInstance(1, 1);
        ApplicationId unknown = ApplicationId.newInstance(1, 2);
        LoadReport report = LoadReport.of(NODE, 1, 1)
                .application(known, 3)
                .application(unknown, 4)
                .build();
        assertThat(desk.answer(report).keys()).isEmpty();
        keys.put(known, 30.0);
        keys.put(ApplicationId.newInstance(1, 3), 40.0);
        assertThat(desk.answer(report).keys()).containsOnly(Map.entry(known, 30.0));
    }

    @Test
    void aNewEpochStartsTheSequenceAfresh() {
        answer(NODE, 5, 700, 2);
        assertThat(answer(NODE, 6, 0, 3)).isEqualTo(3 + DEFAULT_QUEUE_BOUND);
        answer(NODE, 5, 701, 9);
        assertThat(counters.droppedReports()).isEqualTo(1);
    }

    @Test
    void aNodeThatLeftIsForgottenButItsLateReportsStayLate() {
        answer(NODE, 5, 7, 2);
        book.forget(NODE, clock.get());
        assertThat(book.latest(NODE)).isEmpty();
        answer(NODE, 5, 7, 2);
        assertThat(book.latest(NODE)).isEmpty();
        answer(NODE, 6, 0, 2);
        assertThat(book.latest(NODE)).isPresent();
    }

    @Test
    void aNodeThatComesBackWithItsClockSetBackIsHeard() {
        answer(NODE, 5, 7, 2);
        answer(NODE, 4, 1, 2);
        assertThat(counters.droppedReports()).isEqualTo(1);
        book.forget(NODE, clock.get());
        answer(NODE, 4, 1, 2);
        assertThat(book.latest(NODE)).isPresent();
    }

    @Test
    void aStrangerIsAnsweredAndNotRemembered() {
        assertThat(answer(STRANGER, 1, 1, 2)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        assertThat(book.latest(STRANGER)).isEmpty();
        assertThat(counters.droppedReports()).isEqualTo(1);
    }

    @Test
    void onlyANewCapacityIsWorthAPass() {
        answer(NODE, 1, 1, 2);
        assertThat(signals.takeRetry()).isTrue();
        assertThat(signals.take().changed()).containsExactly(NODE);
        answer(NODE, 1, 2, 2);
        Signals.Notes notes = signals.take();
        assertThat(signals.takeRetry()).isFalse();
        assertThat(notes.changed()).isEmpty();
        assertThat(notes.reported()).containsOnlyKeys(NODE);
        answer(NODE, 1, 3, 4);
        assertThat(signals.takeRetry()).isTrue();
    }

    @Test
    void anEpochThatTheClockHasNotReachedChangesNothingWhileTheNodeIsHeard() {
        answer(NODE, NOW_MILLIS, 1, 2);
        clock.addAndGet(EXPIRY.toNanos() - 1);
        assertThat(answer(NODE, Long.MAX_VALUE, 1, 9)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        assertThat(answer(NODE, NOW_MILLIS, 2, 3)).isEqualTo(3 + DEFAULT_QUEUE_BOUND);
        assertThat(counters.droppedReports()).isEqualTo(1);
    }

    @Test
    void whatWasForgedMutesTheNodeNoLongerThanAReportCounts() {
        answer(NODE, Long.MAX_VALUE, Long.MAX_VALUE, 9);
        clock.addAndGet(EXPIRY.toNanos() - 1);
        answer(NODE, NOW_MILLIS, 1, 2);
        assertThat(counters.droppedReports()).isEqualTo(1);
        clock.incrementAndGet();
        assertThat(answer(NODE, NOW_MILLIS, 2, 2)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
        answer(NODE, Long.MAX_VALUE, Long.MAX_VALUE, 9);
        assertThat(answer(NODE, NOW_MILLIS, 3, 3)).isEqualTo(3 + DEFAULT_QUEUE_BOUND);
        assertThat(counters.droppedReports()).isEqualTo(2);
    }

    @Test
    void aForgedSequenceMutesTheNodeNoLongerEither() {
        answer(NODE, 5, Long.MAX_VALUE, 9);
        clock.addAndGet(EXPIRY.toNanos());
        assertThat(answer(NODE, 5, 7, 2)).isEqualTo(2 + DEFAULT_QUEUE_BOUND);
    }

    @Test
    void aNodeRestartedWithItsClockSetBackIsHeardOnceTheOldEpochIsSilent() {
        answer(NODE, NOW_MILLIS, 7, 2);
        clock.addAndGet(EXPIRY.toNanos());
        assertThat(answer(NODE, 4, 0, 3)).isEqualTo(3 + DEFAULT_QUEUE_BOUND);
    }

    @Test
    void nodesThatLeftLongAgoDoNotPileUp() {
        for (int port = 1; port <= 100; port++) {
            NodeId node = NodeId.newInstance("node-1", port);
            book.accept(LoadReport.of(node, 1, 1).build(), clock.get());
            clock.addAndGet(EXPIRY.toNanos());
            book.forget(node, clock.get());
        }
        assertThat(book.size()).isZero();
    }

    @Test
    void theReplySaysWhatIsInForceAndTheTermsOfEachResidentApplication() {
        ApplicationId known = ApplicationId.newInstance(1, 1);
        terms.put(known, new ApplicationTerms(2, false, true));
        terms.put(ApplicationId.newInstance(1, 9), new ApplicationTerms(3, true, true));
        LoadReport report = LoadReport.of(NODE, 1, 1)
                .application(known, 0)
                .application(ApplicationId.newInstance(1, 2), 5)
                .build();
        assertThat(desk.answer(report).mode()).isEqualTo(Mode.ENFORCE);
        mode = Mode.OBSERVE;
        assertThat(desk.answer(report).mode()).isEqualTo(Mode.OBSERVE);
        assertThat(desk.answer(report).terms()).containsExactly(Map.entry(known, new ApplicationTerms(2, false, true)));
    }

    @Test
    void anotherBoundOfTheClusterAppliesAtOnceToNodesThatSetNone() {
        answer(NODE, 1, 1, 2);
        book.accept(LoadReport.of(STRANGER, 1, 1).slots(3).queueBound(1).build(), 1);
        book.defaultQueueBound(9);
        assertThat(book.latest(NODE).orElseThrow().capacity()).isEqualTo(new NodeCapacity(2, 9));
        assertThat(book.latest(STRANGER).orElseThrow().capacity()).isEqualTo(new NodeCapacity(3, 1));
        assertThat(answer(NODE, 1, 2, 2)).isEqualTo(11);
    }

    private int answer(NodeId node, long epoch, long sequence, int slots) {
        return desk.answer(LoadReport.of(node, epoch, sequence).slots(slots).build())
                .bound();
    }
}
