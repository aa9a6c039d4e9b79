/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.yarn.rm.KairosScheduler;
import java.util.ArrayList;
import java.util.List;

/** The scheduler as it is, with the time of each placement kept. */
public final class MeasuredKairosScheduler extends KairosScheduler {
    private List<Double> micros = new ArrayList<>();

    @Override
    protected synchronized void decided(boolean placed, long nanos) {
        if (placed) {
            micros.add(nanos / 1e3);
        }
    }

    /** Time of each placement since the last call, microseconds. */
    synchronized List<Double> takeDecisions() {
        List<Double> taken = micros;
        micros = new ArrayList<>();
        return taken;
    }
}
