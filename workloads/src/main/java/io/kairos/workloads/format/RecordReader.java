/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.FilterReader;
import java.io.IOException;
import java.nio.file.Path;

/** Text for a parser that holds a whole record: one that goes on and on is refused before it fills the memory. */
final class RecordReader extends FilterReader {

    private static final int MOST_CHARACTERS = 1 << 20;

    private final Path path;
    private long line = 1;
    private int left = MOST_CHARACTERS;

    RecordReader(Path path, TextStream text) {
        super(text.reader());
        this.path = path;
    }

    /** Says that a record is complete; the next one begins in that line. */
    void nextRecord(long nextLine) {
        line = nextLine;
        left = MOST_CHARACTERS;
    }

    /** Number of the line the record begins in that is being read. */
    long line() {
        return line;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new TraceException(
                    path, line, "more than a million characters", "the end of the line, or of a quoted field");
        }
        int count = super.read(buffer, offset, length);
        left -= Math.max(0, count);
        return count;
    }
}
