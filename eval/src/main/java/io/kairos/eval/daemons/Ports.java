/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports that nobody listens at, each given once. They are below those that the kernel gives to outgoing connections, so that one
 * of these does not take them before the daemon starts, or while it is restarted. Not thread-safe.
 */
final class Ports {
    private static final int FIRST = 18_000;
    private static final int END = 32_000;
    private static final int MOST_TRIES = 10_000;

    private final Set<Integer> given = new HashSet<>();
    private int next;

    /** @param random where to begin, so that clusters that start at the same time do not meet */
    Ports(RandomGenerator random) {
        next = random.nextInt(FIRST, END);
    }

    /** Any. */
    int any() throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = next;
            next = next + 1 < END ? next + 1 : FIRST;
            if (take(port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + (END - 1));
    }

    /** This one if it is free, else any. */
    int rather(int port) throws IOException {
        return take(port) ? port : any();
    }

    private boolean take(int port) {
        return !given.contains(port) && isFree(port) && given.add(port);
    }

    /** For a daemon that binds to all addresses as well as for one that binds to the loopback one. */
    private static boolean isFree(int port) {
        try (ServerSocket all = new ServerSocket(port)) {
            all.close();
            try (ServerSocket loopback = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return loopback.isBound();
            }
        } catch (IOException taken) {
            return false;
        }
    }
}
