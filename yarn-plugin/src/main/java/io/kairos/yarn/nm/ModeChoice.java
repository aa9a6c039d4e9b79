/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.yarn.conf.Mode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which mode a node is in: its own where it has one, else the ResourceManager's. Until that is heard of the node pauses nothing,
 * for the cluster may be switched off; a ResourceManager that says nothing is a stock one, and then the node enforces, for that
 * is what it was set up for. What was heard last holds while the ResourceManager is away. Not thread-safe.
 */
final class ModeChoice {
    /** How long the first answer is waited for. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long startNanos;
    private Optional<Mode> own;
    private Optional<Mode> heard = Optional.empty();

    /** @param own the node's own mode; empty where it follows */
    ModeChoice(Optional<Mode> own, long startNanos) {
        this.own = own;
        this.startNanos = startNanos;
    }

    void own(Optional<Mode> mode) {
        own = mode;
    }

    /** The ResourceManager has said this. */
    void heard(Mode mode) {
        heard = Optional.of(mode);
    }

    Mode at(long nowNanos) {
        return own.or(() -> heard).orElse(isPatient(nowNanos) ? Mode.OFF : Mode.ENFORCE);
    }

    /** Whether the first answer is still waited for. */
    boolean waits(long nowNanos) {
        return own.isEmpty() && heard.isEmpty() && isPatient(nowNanos);
    }

    /** Who says so, for the log. */
    String source(long nowNanos) {
        if (own.isPresent()) {
            return "this node's own";
        }
        if (heard.isPresent()) {
            return "the ResourceManager's";
        }
        return isPatient(nowNanos)
                ? "until the ResourceManager says which"
                : "as the ResourceManager has not said which for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                        + " s";
    }

    private boolean isPatient(long nowNanos) {
        return nowNanos - startNanos < PATIENCE_NANOS;
    }
}
