/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Names of containers that YARN has given up and that could not be killed, for want of an answer from the engine. YARN asks for
 * that once, and from then on waits for their end. Thread-safe.
 */
final class LostKills {
    private final Set<String> names = new HashSet<>();

    /** @param wanted whether YARN wants a container of that name; true at the latest when {@link #launched} is called */
    synchronized void add(String name, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            names.add(name);
        }
    }

    /** What has the name from now on is to live. */
    synchronized void launched(String name) {
        names.remove(name);
    }

    synchronized boolean contains(String name) {
        return names.contains(name);
    }

    synchronized List<String> names() {
        return List.copyOf(names);
    }

    /** The container is gone. What is still to do for its name is done now, unless it is that of a new one. */
    synchronized void removed(String name, Runnable rest) {
        if (names.remove(name)) {
            rest.run();
        }
    }
}
