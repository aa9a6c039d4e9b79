/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.EventRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * events.csv while runs that go on side by side tell what happens. Each has a file of its own in the same folder; when all have ended they
 * become one, by the name that is looked for. Until then there is none of that name, and what never gets so far is deleted. Each part is
 * one thread's.
 */
public final class EventsDraft implements Closeable {
    private final List<String> schedulers;
    private final List<Path> files;

    /**
     * @param folder where events.csv will be
     * @param schedulers in the order in which they will stand in it, at least one
     */
    EventsDraft(Path folder, List<String> schedulers) {
        this.schedulers = List.copyOf(schedulers);
        // Another process may write to the same folder.
        String name = "." + EventsFile.NAME + "." + ProcessHandle.current().pid() + ".";
        this.files = IntStream.range(0, schedulers.size())
                .mapToObj(place -> folder.resolve(name + place))
                .toList();
    }

    /** What one scheduler's run tells. */
    public static final class Part implements Consumer<EventRecord>, Closeable {
        private final String scheduler;
        private final EventsWriter writer;

        private Part(String scheduler, EventsWriter writer) {
            this.scheduler = scheduler;
            this.writer = writer;
        }

        /** @throws UncheckedIOException it could not be written */
        @Override
        public void accept(EventRecord event) {
            try {
                writer.write(scheduler, event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /**
     * Begins the part of a scheduler.
     *
     * @param place of the scheduler, from 0
     */
    public Part begin(int place) throws IOException {
        Path file = files.get(place);
        // Who ends the process does not wait for it to close anything.
        file.toFile().deleteOnExit();
        return new Part(
                schedulers.get(place),
                new EventsWriter(
                        place == 0 ? CsvTable.create(file, EventsFile.HEADER) : CsvTable.createWithoutHeader(file)));
    }

    /** Makes all parts the one file, which is replaced at once; each was begun and is closed. */
    void moveTo(Path file) throws IOException {
        Path first = files.get(0);
        try (OutputStream all = Files.newOutputStream(first, StandardOpenOption.APPEND)) {
            for (Path part : files.subList(1, files.size())) {
                Files.copy(part, all);
            }
        }
        Files.move(first, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the parts. */
    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
