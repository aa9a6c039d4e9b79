/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.nio.file.Path;

/**
 * Where a local cluster keeps its files.
 *
 * @param path absolute
 */
public record ClusterFolder(Path path) {
    private static final String CONTAINERS = "local";

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

    /** All that one daemon writes. */
    Path data(String daemon) {
        return data().resolve(daemon);
    }

    /** Where a node has the folders that its containers work in. */
    Path containers(String node) {
        return data(node).resolve(CONTAINERS);
    }

    /** Whether this is in such a folder of any node. */
    boolean isOfContainers(Path place) {
        int node = data().getNameCount();
        return place.startsWith(data())
                && place.getNameCount() > node + 1
                && place.getName(node + 1).toString().equals(CONTAINERS);
    }

    /** All logs of daemons. */
    Path logs() {
        return path.resolve("logs");
    }
}
