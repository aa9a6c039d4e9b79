/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a paused task is owed service that nobody interrupts. Immutable.
 *
 * @param guards whether after so many pauses
 * @param maxPauseSeconds after so long a pause; null: however long
 */
record Protection(boolean guards, @Nullable Double maxPauseSeconds) {
    /** Never. */
    static final Protection NONE = new Protection(false, null);
    /** As published. */
    static final Protection GUARD = new Protection(true, null);

    private static final double LEAST_SECONDS = 0.001;
    private static final double MOST_SECONDS = 31_536_000;

    /**
     * This one with what the options say.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    Protection with(PolicyOptions options) {
        return new Protection(
                options.isOn("guard", guards),
                options.seconds("max-pause", maxPauseSeconds, LEAST_SECONDS, MOST_SECONDS));
    }

    Optional<Duration> maxPause() {
        return Optional.ofNullable(maxPauseSeconds).map(seconds -> Duration.ofNanos(Nanos.of(seconds)));
    }
}
