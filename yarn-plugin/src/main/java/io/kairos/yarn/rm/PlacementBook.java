/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;

/** The newest placements, so many and no more. Thread-safe; it is written under the scheduler's lock, so it does as little. */
final class PlacementBook {
    static final int MOST = 10_000;

    private final Queue<Placement> inOrder = new ArrayDeque<>();
    private final Map<ContainerId, Placement> byContainer = new HashMap<>();

    synchronized void add(Placement placement) {
        inOrder.add(placement);
        byContainer.put(placement.container(), placement);
        if (inOrder.size() > MOST) {
            Placement oldest = inOrder.remove();
            byContainer.remove(oldest.container(), oldest);
        }
    }

    synchronized Optional<Placement> of(ContainerId container) {
        return Optional.ofNullable(byContainer.get(container));
    }

    /** Those of an application, in order. */
    synchronized List<Placement> of(ApplicationId application) {
        return inOrder.stream()
                .filter(placement -> placement
                        .container()
                        .getApplicationAttemptId()
                        .getApplicationId()
                        .equals(application))
                .toList();
    }

    /** The newest ones, in order. */
    synchronized List<Placement> newest(int most) {
        List<Placement> newest = new ArrayList<>(Math.min(most, inOrder.size()));
        Iterator<Placement> all = inOrder.iterator();
        for (int skipped = 0; skipped < inOrder.size() - most; skipped++) {
            all.next();
        }
        all.forEachRemaining(newest::add);
        return newest;
    }
}
