/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.nio.file.Path;

/**
 * Where a local cluster keeps its files.
 *
 * @param path absolute
 */
public record ClusterFolder(Path path) {
    public ClusterFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** The configuration directory of all daemons and clients. */
    public Path configuration() {
        return path.resolve("conf");
    }

    /** Jars that every daemon has on its class path before Hadoop's. */
    Path plugins() {
        return path.resolve("plugins");
    }

    /** What runs; there only from the start of a cluster until it was ended. */
    Path register() {
        return path.resolve("cluster.json");
    }

    /** All that daemons and containers write. */
    Path data() {
        return path.resolve("data");
    }

    /** All logs of daemons. */
    Path logs() {
        return path.resolve("logs");
    }
}
