/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A release of Hadoop that a local cluster can be of. */
public enum HadoopRelease {
    V3_5_0("3.5.0", List.of()),
    /** Its web applications reach into the JDK. */
    V3_4_3("3.4.3", List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));

    private final String label;
    private final List<String> javaOptions;

    HadoopRelease(String label, List<String> javaOptions) {
        this.label = label;
        this.javaOptions = javaOptions;
    }

    /** Its number, by which users choose it. */
    public String label() {
        return label;
    }

    /** What its processes need on Java 17. */
    List<String> javaOptions() {
        return javaOptions;
    }

    /** The name of its libraries. */
    String libraries() {
        return "hadoop-" + label;
    }

    /**
     * The release of that number.
     *
     * @throws IllegalArgumentException one line that lists the known ones
     */
    public static HadoopRelease named(String label) {
        return Arrays.stream(values())
                .filter(release -> release.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Hadoop '" + label + "' is unknown: expected one of "
                        + Arrays.stream(values()).map(HadoopRelease::label).collect(Collectors.joining(", "))));
    }
}
