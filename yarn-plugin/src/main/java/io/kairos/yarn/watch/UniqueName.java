/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import java.util.HashSet;
import java.util.Set;

/**
 * A name nobody else in this process has while it is open. A daemon is alone in its process and gets the plain name; of several
 * NodeManagers in one process the second gets a number behind it. Thread-safe.
 */
final class UniqueName implements AutoCloseable {
    private static final Set<String> TAKEN = new HashSet<>();

    private final String text;

    private UniqueName(String text) {
        this.text = text;
    }

    static UniqueName of(String wanted) {
        synchronized (TAKEN) {
            String text = wanted;
            for (int number = 2; !TAKEN.add(text); number++) {
                text = wanted + "-" + number;
            }
            return new UniqueName(text);
        }
    }

    String text() {
        return text;
    }

    @Override
    public void close() {
        synchronized (TAKEN) {
            TAKEN.remove(text);
        }
    }
}
