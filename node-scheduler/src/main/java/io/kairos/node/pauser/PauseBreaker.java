/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Turns pausing off on a node where it stopped working, and on again when it works: after several failures in a row nothing is
 * tried for a while, then one pause is, and that one decides. Tasks run on meanwhile, as on a stock node; thaws are never held
 * back. Thread-safe.
 */
public final class PauseBreaker extends ForwardingPauser {
    private static final int FAILURES = 3;
    private static final Duration REST = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private final Consumer<String> log;
    private int failuresInARow;
    private boolean open;
    private long retryNanos;
    private String reason = "";

    /** @param log hears one line when pausing is turned off, and one when it is turned on again */
    public PauseBreaker(Pauser pauser, LongSupplier nanoClock, Consumer<String> log) {
        super(pauser);
        this.nanoClock = nanoClock;
        this.log = log;
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        admit();
        try {
            super.pause(task, pid);
        } catch (TaskGoneException e) {
            throw e;
        } catch (IOException e) {
            failed(e);
            throw e;
        }
        worked();
    }

    @Override
    public synchronized Optional<String> offBecause() {
        return open ? Optional.of(reason) : Optional.empty();
    }

    private synchronized void admit() throws IOException {
        if (!open) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (now - retryNanos < 0) {
            throw new IOException("preemption is off on this node: " + reason);
        }
        retryNanos = now + REST.toNanos(); // one try; the others wait for what it brings
    }

    private synchronized void failed(IOException failure) {
        failuresInARow++;
        reason = String.valueOf(failure.getMessage());
        if (failuresInARow >= FAILURES && !open) {
            open = true;
            log.accept("Preemption is off on this node, tasks run on, for " + failuresInARow
                    + " pauses in a row failed; one is tried every " + REST.toSeconds() + " s. The last: " + reason);
        }
        retryNanos = nanoClock.getAsLong() + REST.toNanos();
    }

    private synchronized void worked() {
        failuresInARow = 0;
        if (open) {
            open = false;
            log.accept("Preemption is on again on this node: a pause worked");
        }
    }
}
