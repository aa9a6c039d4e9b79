/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.EventRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
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
    private static final String PREFIX = "." + EventsFile.NAME + ".";

    private final List<String> schedulers;
    private final List<Path> files;
    private boolean closed;

    /**
     * @param folder where events.csv will be
     * @param schedulers in the order in which they will stand in it, at least one
     */
    EventsDraft(Path folder, List<String> schedulers) {
        this.schedulers = List.copyOf(schedulers);
        // Another process may write to the same folder.
        String name = PREFIX + ProcessHandle.current().pid() + ".";
        this.files = IntStream.range(0, schedulers.size())
                .mapToObj(place -> folder.resolve(name + place))
                .toList();
    }

    /** Deletes what processes left that were killed. */
    static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : left) {
                String rest = file.getFileName().toString().substring(PREFIX.length());
                String process = rest.substring(0, Math.max(0, rest.indexOf('.')));
                if (process.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What one scheduler's run tells. */
    public static final class Part implements Consumer<EventRecord>, Closeable {
        private final Path file;
        private final String scheduler;
        private final EventsWriter writer;

        private Part(Path file, String scheduler, EventsWriter writer) {
            this.file = file;
            this.scheduler = scheduler;
            this.writer = writer;
        }

        /** @throws UncheckedIOException it could not be written */
        @Override
        public void accept(EventRecord event) {
            try {
                writer.write(scheduler, event);
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException(file + ": " + e.getMessage(), e));
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
     * @param index of the scheduler, from 0
     * @throws IOException the draft is closed, as after an error of another run, or there is no room for it
     */
    public synchronized Part begin(int index) throws IOException {
        Path file = files.get(index);
        if (closed) {
            throw new IOException(file + ": is not wanted any more");
        }
        // Who ends the process does not wait for it to close anything.
        file.toFile().deleteOnExit();
        return new Part(
                file,
                schedulers.get(index),
                new EventsWriter(
                        index == 0 ? CsvTable.create(file, EventsFile.HEADER) : CsvTable.createWithoutHeader(file)));
    }

    /** Makes all parts one; each was begun and is closed. */
    void join() throws IOException {
        Path first = files.get(0);
        try (OutputStream all = Files.newOutputStream(first, StandardOpenOption.APPEND)) {
            for (Path part : files.subList(1, files.size())) {
                Files.copy(part, all);
                Files.delete(part); // or all of them would be there twice
            }
        }
    }

    /** Puts what was joined in the place of that file, at once. */
    void moveTo(Path file) throws IOException {
        Files.move(files.get(0), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the parts. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
