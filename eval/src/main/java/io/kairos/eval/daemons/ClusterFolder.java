/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;

/**
 * Where a local cluster keeps its files.
 *
 * @param path absolute
 */
public record ClusterFolder(Path path) {
    private static final String CONTAINERS = "local";
    private static final String MARK = ".kairos-cluster";

    public ClusterFolder {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Marks the folder as that of a cluster: what {@link #clear} may delete.
     *
     * @throws IOException one line: there are folders of these names that no cluster of ours made
     */
    void claim() throws IOException {
        if (!Files.isRegularFile(path.resolve(MARK), LinkOption.NOFOLLOW_LINKS)) {
            for (Path folder : cleared()) {
                if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(
                            folder + ": is not of a cluster that was started here; expected a folder of the"
                                    + " cluster's own, without 'conf', 'data', 'logs' and 'plugins'");
                }
            }
            Files.createDirectories(path);
            Files.createFile(path.resolve(MARK));
        }
    }

    /**
     * Deletes what an earlier cluster left here.
     *
     * @throws IOException one line: what could not be deleted
     */
    void clear() throws IOException {
        for (Path folder : cleared()) {
            if (!FileUtil.fullyDelete(folder.toFile()) && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(folder + ": of an earlier cluster, could not be deleted");
            }
        }
    }

    private List<Path> cleared() {
        return List.of(data(), configuration(), logs(), plugins());
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
