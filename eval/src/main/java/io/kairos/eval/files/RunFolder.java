/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that holds all files of a comparison. */
public record RunFolder(Path path) {

    /** Where the page goes. */
    public Path page() {
        return path.resolve("report.html");
    }

    /** Where the figures go. */
    public Path results() {
        return path.resolve(ResultsFile.NAME);
    }

    /** Deletes the data files and the page, so that none of an earlier run is taken for one of this. */
    public void clear() throws IOException {
        for (Path file : List.of(results(), path.resolve(JobsFile.NAME), path.resolve(EventsFile.NAME), page())) {
            Files.deleteIfExists(file);
        }
    }

    /** Writes the three data files; what was there before is replaced. */
    public void write(Comparison comparison) throws IOException {
        JobsFile.write(comparison.jobsByScheduler(), path.resolve(JobsFile.NAME));
        EventsFile.write(comparison.eventsByScheduler(), path.resolve(EventsFile.NAME));
        // Last: whoever waits for results.json finds the others complete.
        ResultsFile.writeJson(comparison.results(), results());
    }

    /** Reads the three data files back. */
    public Comparison read() throws IOException {
        for (String name : new String[] {ResultsFile.NAME, JobsFile.NAME, EventsFile.NAME}) {
            if (!Files.isReadable(path.resolve(name))) {
                throw new IOException(path + ": expected a run's folder, but it has no readable " + name);
            }
        }
        return new Comparison(
                ResultsFile.read(results()),
                JobsFile.read(path.resolve(JobsFile.NAME)),
                EventsFile.read(path.resolve(EventsFile.NAME)));
    }
}
