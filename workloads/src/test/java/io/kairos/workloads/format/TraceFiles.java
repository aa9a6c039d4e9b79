/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.github.luben.zstd.Zstd;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Trace files for tests. */
final class TraceFiles {

    private TraceFiles() {}

    /** The bytes of a file among the test resources. */
    static byte[] resource(String name) throws IOException {
        try (InputStream file = TraceFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("no resource " + name);
            }
            return file.readAllBytes();
        }
    }

    /** The same as text. */
    static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    /** Puts a file of the test resources into a folder. */
    static Path copy(String name, Path folder) throws IOException {
        return Files.write(folder.resolve(name), resource(name));
    }

    static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    static byte[] withZstandard(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    /** The durations of a job's tasks, stage by stage. */
    static List<List<Double>> durations(Job job) {
        return job.stages().stream().map(stage -> stage.durations().asList()).toList();
    }

    /** The only job of a workload. */
    static Job only(Workload workload) {
        if (workload.jobs().size() != 1) {
            throw new AssertionError("expected one job, got " + workload.jobs());
        }
        return workload.jobs().get(0);
    }
}
