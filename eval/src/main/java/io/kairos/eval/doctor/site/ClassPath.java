/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of the daemons' class path matters. Immutable.
 *
 * @param source who says so
 * @param plugins the jars with Kairos in them
 * @param hadoop Hadoop's versions, as the names of its jars say
 * @param place the folder for jars of YARN, where it is known
 * @param sparkShuffle whether Spark's shuffle service is on it
 */
public record ClassPath(
        String source, List<Plugin> plugins, List<String> hadoop, Optional<Path> place, boolean sparkShuffle) {
    public ClassPath {
        plugins = List.copyOf(plugins);
        hadoop = List.copyOf(hadoop);
    }

    /**
     * A jar with Kairos in it.
     *
     * @param whole whether what it stands on is in it as well
     */
    public record Plugin(Path file, String version, boolean whole) {}
}
