/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.List;

/** The plugin jar in the daemons of Hadoop 3.5.0. */
class Hadoop350IT extends DaemonsContract {
    Hadoop350IT() {
        super("3.5.0", List.of());
    }
}
