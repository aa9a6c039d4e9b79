/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;

/** A file and the format it is said to have. */
public record TraceSource(TraceFormat format, Path path) {

    /**
     * Reads the whole trace.
     *
     * @throws TraceException if the file cannot be read or is malformed
     */
    public Workload read() throws IOException {
        return format.read(path);
    }
}
