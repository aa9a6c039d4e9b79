/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Makes the jobs of runs once for all that need the same, and lets go of them after the last of those. Thread-safe. */
final class SharedWorkloads {
    private final ConcurrentMap<Key, Workload> made = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Integer> runsLeft = new ConcurrentHashMap<>();

    /**
     * What the jobs depend on.
     *
     * @param eagleCompat as in {@link WorkloadSource#jobs}
     */
    record Key(WorkloadSource source, long seed, boolean eagleCompat) {}

    /** @param runs the key of each run, so often as there are runs */
    SharedWorkloads(Collection<Key> runs) {
        runs.forEach(key -> runsLeft.merge(key, 1, Integer::sum));
    }

    /** The jobs, for one run. */
    Workload take(Key key) throws IOException {
        try {
            return made.computeIfAbsent(key, SharedWorkloads::make);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Workload make(Key key) {
        try {
            return key.source().jobs(key.seed(), key.eagleCompat());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One run is over. */
    void release(Key key) {
        runsLeft.computeIfPresent(key, (same, left) -> {
            if (left > 1) {
                return left - 1;
            }
            made.remove(key);
            return null;
        });
    }

    /** How many are held now. */
    int held() {
        return made.size();
    }
}
