/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportReply;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Answers load reports. It runs on the IPC handler threads and so touches nothing but the book and the signals; the placement
 * thread does the rest. Thread-safe.
 */
final class ReportDesk {
    private final ReportBook book;
    private final Predicate<NodeId> isKnown;
    private final Signals signals;
    private final CentralCounters counters;
    private final LongSupplier clock;
    private final Supplier<Mode> mode;
    private final Function<ApplicationId, Optional<ApplicationTerms>> terms;
    private final Function<ApplicationId, OptionalDouble> keys;

    /**
     * @param isKnown whether a node is registered now
     * @param clock nanoseconds
     * @param mode what is in force now
     * @param terms those of an application, empty for one that is not known
     * @param keys what orders the tasks of an application on its nodes, if applications are ordered
     */
    ReportDesk(
            ReportBook book,
            Predicate<NodeId> isKnown,
            Signals signals,
            CentralCounters counters,
            LongSupplier clock,
            Supplier<Mode> mode,
            Function<ApplicationId, Optional<ApplicationTerms>> terms,
            Function<ApplicationId, OptionalDouble> keys) {
        this.book = book;
        this.isKnown = isKnown;
        this.signals = signals;
        this.counters = counters;
        this.clock = clock;
        this.mode = mode;
        this.terms = terms;
        this.keys = keys;
    }

    LoadReportReply answer(LoadReport report) {
        NodeId node = report.node();
        ReportBook.Outcome outcome =
                isKnown.test(node) ? book.accept(report, clock.getAsLong()) : ReportBook.Outcome.DROPPED;
        if (outcome != ReportBook.Outcome.DROPPED && !isKnown.test(node)) {
            book.forget(node, clock.getAsLong()); // it left meanwhile, and nobody else would
        }
        switch (outcome) {
            case DROPPED -> counters.droppedReports.increment();
            case ACCEPTED -> {
                counters.acceptedReports.increment();
                book.latest(node).ifPresent(latest -> signals.reported(node, latest));
            }
            case RESIZED -> {
                counters.acceptedReports.increment();
                signals.freed(node);
            }
        }
        NodeCapacity applied =
                book.latest(node).map(ReportBook.Latest::capacity).orElseGet(() -> book.capacity(report));
        return new LoadReportReply(applied.bound(), keys(report), mode.get(), terms(report));
    }

    private SortedMap<ApplicationId, Double> keys(LoadReport report) {
        SortedMap<ApplicationId, Double> known = new TreeMap<>();
        for (ApplicationId resident : report.attainedByApplication().keySet()) {
            keys.apply(resident).ifPresent(key -> known.put(resident, key));
        }
        return known;
    }

    private SortedMap<ApplicationId, ApplicationTerms> terms(LoadReport report) {
        SortedMap<ApplicationId, ApplicationTerms> known = new TreeMap<>();
        for (ApplicationId resident : report.attainedByApplication().keySet()) {
            terms.apply(resident).ifPresent(found -> known.put(resident, found));
        }
        return known;
    }
}
