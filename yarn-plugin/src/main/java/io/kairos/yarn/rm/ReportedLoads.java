/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.protocol.LoadReport;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * The nodes' last reports as they came: only what the book has accepted, and as long as that
 * stands in it. Thread-safe.
 */
final class ReportedLoads {
    private final ConcurrentMap<NodeId, LoadReport> reports = new ConcurrentHashMap<>();

    /** A report that was answered, accepted or not. */
    void answered(LoadReport report, ReportBook book) {
        if (stands(report, book)) {
            reports.put(report.node(), report);
            if (book.latest(report.node()).isEmpty()) {
                reports.remove(report.node(), report); // it left meanwhile
            }
        }
    }

    /** The node left. */
    void forget(NodeId node) {
        reports.remove(node);
    }

    /** All of them. */
    Collection<LoadReport> all() {
        return reports.values();
    }

    Optional<LoadReport> of(NodeId node, ReportBook book) {
        Optional<LoadReport> report = Optional.ofNullable(reports.get(node));
        if (report.isPresent() && book.latest(node).isEmpty()) {
            reports.remove(node, report.get());
            return Optional.empty();
        }
        return report;
    }

    /** The book keeps the very object it took from the report. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean stands(LoadReport report, ReportBook book) {
        return book.latest(report.node())
                .filter(latest -> latest.service() == report.service())
                .isPresent();
    }
}
