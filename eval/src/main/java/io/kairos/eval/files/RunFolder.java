/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventSource;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        for (Path file : List.of(results(), path.resolve(JobsFile.NAME), events(), page())) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Where runs write what happens as it does.
     *
     * @param schedulers in the order of the file, at least one
     */
    public EventsDraft draft(List<String> schedulers) throws IOException {
        EventsDraft.sweep(path);
        return new EventsDraft(path, schedulers);
    }

    /** Writes the three data files; each replaces what was there before once it is complete. */
    public void write(Comparison comparison) throws IOException {
        WholeFile.write(events(), draft -> EventsFile.write(comparison.events(), draft));
        writeOthers(comparison);
    }

    /** The same with events that are written already; what is returned reads them from their file. */
    public Comparison write(Results results, Map<String, List<JobRecord>> jobs, EventsDraft draft) throws IOException {
        draft.join(); // what takes most room, before anything of an earlier run is gone
        clear();
        draft.moveTo(events());
        Comparison comparison = new Comparison(results, jobs, this::readEvents);
        writeOthers(comparison);
        return comparison;
    }

    private void writeOthers(Comparison comparison) throws IOException {
        WholeFile.write(path.resolve(JobsFile.NAME), draft -> JobsFile.write(comparison.jobsByScheduler(), draft));
        // Last: whoever waits for results.json finds the others complete.
        WholeFile.write(results(), draft -> ResultsFile.writeJson(comparison.results(), draft));
    }

    private Path events() {
        return path.resolve(EventsFile.NAME);
    }

    private void readEvents(EventSource.Taker taker) throws IOException {
        EventsFile.read(events(), taker);
    }

    /** Reads the data files back, events whenever they are asked for. */
    public Comparison read() throws IOException {
        for (String name : new String[] {ResultsFile.NAME, JobsFile.NAME, EventsFile.NAME}) {
            if (!Files.isReadable(path.resolve(name))) {
                throw new IOException(path + ": expected a run's folder, but it has no readable " + name);
            }
        }
        return new Comparison(
                ResultsFile.read(results()), JobsFile.read(path.resolve(JobsFile.NAME)), this::readEvents);
    }
}
