/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * The newest placements, so many and no more. It is written at each placement, under the scheduler's lock, and read when somebody
 * asks: so it is a list and has no index. Thread-safe.
 */
final class PlacementBook {
    static final int MOST = 10_000;

    private final Deque<Placement> inOrder = new ArrayDeque<>(MOST + 1);

    synchronized void add(Placement placement) {
        inOrder.add(placement);
        if (inOrder.size() > MOST) {
            inOrder.remove();
        }
    }

    /** The newest one of that container. */
    Optional<Placement> of(ContainerId container) {
        List<Placement> found = matching(placement -> placement.container().equals(container));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** Those of an application, in order. */
    List<Placement> of(ApplicationId application) {
        return matching(placement -> placement
                .container()
                .getApplicationAttemptId()
                .getApplicationId()
                .equals(application));
    }

    /** The newest ones, in order. */
    synchronized List<Placement> newest(int most) {
        List<Placement> newest = new ArrayList<>(Math.min(most, inOrder.size()));
        Iterator<Placement> backwards = inOrder.descendingIterator();
        while (newest.size() < most && backwards.hasNext()) {
            newest.add(0, backwards.next());
        }
        return newest;
    }

    /** Looked for in a copy, so that placing waits for the copying at most. */
    private List<Placement> matching(Predicate<Placement> test) {
        List<Placement> all;
        synchronized (this) {
            all = new ArrayList<>(inOrder);
        }
        return all.stream().filter(test).toList();
    }
}
