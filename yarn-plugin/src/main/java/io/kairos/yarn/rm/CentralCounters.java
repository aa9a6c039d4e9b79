/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.concurrent.atomic.LongAdder;

/** What the central tier has done since it started. Thread-safe. */
public final class CentralCounters {
    final LongAdder placements = new LongAdder();
    final LongAdder boundRejections = new LongAdder();
    final LongAdder acceptedReports = new LongAdder();
    final LongAdder droppedReports = new LongAdder();
    final LongAdder passes = new LongAdder();
    final LongAdder errors = new LongAdder();

    /** Containers placed, AMs among them. */
    public long placements() {
        return placements.sum();
    }

    /** Proposals refused because their node was at its bound. */
    public long boundRejections() {
        return boundRejections.sum();
    }

    public long acceptedReports() {
        return acceptedReports.sum();
    }

    /** Load reports of unknown nodes, of old epochs, or out of order. */
    public long droppedReports() {
        return droppedReports.sum();
    }

    /** Turns of the placement thread at which something waited to be placed. */
    public long passes() {
        return passes.sum();
    }

    /** Exceptions caught in the placement thread. */
    public long errors() {
        return errors.sum();
    }
}
