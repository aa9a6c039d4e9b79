/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.workloads.mix.MixedJob;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job whose client has ended.
 *
 * @param submitted when its client was started, seconds from the start of the run
 * @param finished when the client had ended
 * @param log what it printed
 */
record EndedJob(MixedJob job, double submitted, double finished, int exitStatus, Path log) {
    /** The same job in a time that starts at that moment. */
    EndedJob since(double begin) {
        return new EndedJob(job, submitted - begin, finished - begin, exitStatus, log);
    }

    JobReport report() throws IOException {
        return JobReport.of(job.template().framework(), lines());
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(log);
        } catch (MalformedInputException e) {
            // A client may print what is no UTF-8; the lines that count here are ASCII.
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        }
    }
}
