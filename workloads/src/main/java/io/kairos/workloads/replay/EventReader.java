/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines that another process appends to a file, as far as they are complete. Not thread-safe. */
final class EventReader implements Closeable {

    private static final int CHUNK = 8192;

    private final FileChannel file;
    private final StringBuilder incomplete = new StringBuilder();

    EventReader(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** The lines completed since the last call. */
    List<String> newLines() throws IOException {
        List<String> lines = new ArrayList<>();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (file.read(chunk) > 0) {
            chunk.flip();
            // Names of nodes and containers are plain ASCII; of other text no more than its look depends on this.
            incomplete.append(StandardCharsets.ISO_8859_1.decode(chunk));
            chunk.clear();
        }
        for (int end = incomplete.indexOf("\n"); end >= 0; end = incomplete.indexOf("\n")) {
            lines.add(incomplete.substring(0, end));
            incomplete.delete(0, end + 1);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
