/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the events of a job to a file, each at once. Thread-safe. */
final class EventWriter implements ReplayListener, Closeable {

    private final BufferedWriter writer;

    EventWriter(Path file) throws IOException {
        this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    @Override
    public void containerAllocated(TaskId task, String container, String node, double time) {
        write(EventLine.allocated(task, container, node, time));
    }

    @Override
    public void taskStarted(TaskId task, String container, String node, double time) {
        write(EventLine.started(task, container, node, time));
    }

    @Override
    public void taskEnded(TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {
        write(EventLine.ended(task, container, node, end, exitStatus, time));
    }

    @Override
    public void jobFinished(int job, boolean failed, String diagnostics, double time) {
        write(EventLine.finished(job, failed, diagnostics, time));
    }

    @Override
    public void error(String what, Throwable cause) {
        write(EventLine.error(what, cause));
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    private synchronized void write(String line) {
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
