/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.List;

/** The plugin jar in the daemons of Hadoop 3.4.3, which on Java 17 start with an option only. */
class Hadoop343IT extends DaemonsContract {
    Hadoop343IT() {
        super("3.4.3", List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    }
}
