/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * By which keys of applications a node orders its tasks: those the ResourceManager told last, and none once it has not been heard
 * of for long, for keys that old mislead more than none. Not thread-safe.
 */
final class KeyChoice {
    /** How long keys hold while no report gets through. */
    static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Map<String, Double> told = Map.of();
    private long heardNanos;

    /** The ResourceManager has answered a report that named applications; without keys where it orders by attained service. */
    void heard(Map<String, Double> keys, long nowNanos) {
        told = Map.copyOf(keys);
        heardNanos = nowNanos;
    }

    /** It has answered a report that named no application, so that it had no keys to tell. */
    void heardNothingNew(long nowNanos) {
        told = at(nowNanos); // keys that were too old are not in force again
        heardNanos = nowNanos;
    }

    /** From application to key; empty where tasks are ordered by attained service. */
    Map<String, Double> at(long nowNanos) {
        return areTooOld(nowNanos) ? Map.of() : told;
    }

    /** Whether there are keys that are in force no more. */
    boolean areTooOld(long nowNanos) {
        return !told.isEmpty() && nowNanos - heardNanos >= LONGEST_SILENCE_NANOS;
    }
}
