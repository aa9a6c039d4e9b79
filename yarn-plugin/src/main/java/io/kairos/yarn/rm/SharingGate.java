/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Sharing;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Who may be put on the node for which a container is sought now: whoever comes first where a slot is free; where it would have to be
 * shared, only whose job is not held back and has far less work left than the one that gives way.
 *
 * <p>Not thread-safe: the placement thread owns it.
 *
 * @param <A> application
 */
final class SharingGate<A> {
    private final Sharing sharing;
    private final ToIntFunction<A> placed;
    private final ToDoubleFunction<A> workLeft;
    private boolean shares;
    private double victimSeconds;
    private boolean hasRefused;
    private boolean hasLet;

    /**
     * @param placed tasks of an application that have a place and have not ended
     * @param workLeft of an application, seconds
     */
    SharingGate(Sharing sharing, ToIntFunction<A> placed, ToDoubleFunction<A> workLeft) {
        this.sharing = sharing;
        this.placed = placed;
        this.workLeft = workLeft;
    }

    /** The node has a free slot, or it does not matter. */
    void open() {
        shares = false;
        hasRefused = false;
        hasLet = false;
    }

    /**
     * A task more would share a slot there.
     *
     * @param victimWorkLeft of the job that would give way, seconds
     */
    void share(double victimWorkLeft) {
        open();
        shares = true;
        victimSeconds = victimWorkLeft;
    }

    /**
     * Whether a container of the application may be put there.
     *
     * @param takesSlot whether it is a task; for what is none nobody has to make way
     */
    boolean lets(A application, boolean takesSlot) {
        boolean lets = !takesSlot || !refuses(application);
        hasLet |= lets;
        hasRefused |= !lets;
        return lets;
    }

    /** Whether no task of the application may be put there. */
    boolean refuses(A application) {
        return shares
                && !(sharing.isOpenTo(placed.applyAsInt(application))
                        && sharing.isWorthwhile(workLeft.applyAsDouble(application), victimSeconds));
    }

    /** Whether somebody asked since, and nobody was let. */
    boolean hasRefusedAll() {
        return hasRefused && !hasLet;
    }
}
