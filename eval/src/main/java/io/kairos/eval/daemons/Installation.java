/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Where the pieces of this project are.
 *
 * @param home the project's root
 */
public record Installation(Path home) {

    /** The one that this process is of; the launcher says where that is. */
    public static Installation ofThisProcess() {
        return new Installation(
                Path.of(System.getProperty("kairos.home", ".")).toAbsolutePath().normalize());
    }

    /**
     * The jar that goes to the class path of the daemons.
     *
     * @throws IOException one line: it is not built
     */
    public Path pluginJar() throws IOException {
        return isRelease()
                ? only(home.resolve("plugin"), "kairos-yarn-plugin-*.jar")
                : only(home.resolve("yarn-plugin/target"), "yarn-plugin-*-plugin.jar");
    }

    /**
     * The jar with the Spark jobs of this project.
     *
     * @throws IOException one line: it is not built
     */
    public Path sparkJobs() throws IOException {
        return only(home.resolve(isRelease() ? "jobs" : "workloads/spark/target"), "spark-jobs-*.jar");
    }

    /** A checkout has the sources, a release has not. */
    private boolean isRelease() {
        return Files.isDirectory(home.resolve("plugin"));
    }

    /** The description of a set of libraries, for Maven. */
    Path description(String libraries) {
        return home.resolve("conf/local-cluster").resolve(libraries).resolve("pom.xml");
    }

    /** Where a set of libraries is kept once it was fetched. A release may lie where nobody may write. */
    Path kept(String libraries) {
        Path place = isRelease() ? cache() : home.resolve("target");
        return place.resolve("local-cluster").resolve(libraries);
    }

    private static Path cache() {
        String chosen = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return (chosen.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(chosen))
                .resolve("kairos");
    }

    private static Path only(Path folder, String pattern) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
                Iterator<Path> found = files.iterator();
                if (found.hasNext()) {
                    Path file = found.next();
                    if (found.hasNext()) {
                        throw new IOException(
                                folder.resolve(pattern) + " are several: expected one, as after 'mvn clean package'");
                    }
                    return file;
                }
            }
        }
        throw new IOException(
                folder.resolve(pattern) + " is missing: expected it as 'mvn package' makes it, or a complete release");
    }
}
