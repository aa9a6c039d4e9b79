/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Real time that does something at each rest: plays the kernel. */
final class HookedPace implements Deadline.Pace {
    private Step hook = () -> {};

    void onRest(Step step) {
        hook = step;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void rest(long nanos) {
        try {
            hook.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Deadline.Pace.SYSTEM.rest(nanos);
    }

    interface Step {
        void run() throws IOException;
    }
}
