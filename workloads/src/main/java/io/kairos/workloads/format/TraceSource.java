/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file or a folder, and the format it is said to have. */
public record TraceSource(TraceFormat format, Path path) {

    /**
     * Reads the whole trace, with the remarks in the log.
     *
     * @throws TraceException if a file cannot be read or is malformed
     */
    public Workload read() throws IOException {
        return format.read(path);
    }

    /** The same with the remarks as in {@link TraceFormat#read(Path, Consumer)}. */
    public Workload read(Consumer<String> remarks) throws IOException {
        return format.read(path, remarks);
    }
}
