/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.client.api.YarnClient;

/**
 * What all jobs of a replay share.
 *
 * @param folder files for containers, removed at the end
 * @param clock seconds since the start of the replay
 */
record ReplayContext(
        Configuration conf,
        YarnClient client,
        ReplaySettings settings,
        Path folder,
        EmulatedTask task,
        Executor containerStarts,
        ReplayListener listener,
        DoubleSupplier clock) {

    double now() {
        return clock.getAsDouble();
    }
}
