/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.Longs;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/**
 * The fields of a text file, line by line, separated by blanks. Only one field is held at a time, however long a line
 * is. Line ends may be LF, CRLF or CR. Not thread-safe.
 */
final class Fields implements Closeable {

    private static final int LONGEST = 64;
    private static final int END_OF_FILE = -1;

    private final Path path;
    private final Reader reader;
    private final StringBuilder field = new StringBuilder(LONGEST);
    private long line = 1;
    private int next = '\n';
    private boolean started;

    private Fields(Path path, Reader reader) {
        this.path = path;
        this.reader = reader;
    }

    /** Opens a file, see {@link TextStream}. */
    static Fields open(Path path) throws IOException {
        return new Fields(path, new BufferedReader(TextStream.open(path).reader()));
    }

    /**
     * Moves over blank lines to the next field.
     *
     * @return false at the end of the file
     */
    boolean advanceToContent() throws IOException {
        if (!started) {
            started = true;
            next = reader.read();
        }
        while (true) {
            skipBlanks();
            if (next == END_OF_FILE) {
                return false;
            }
            if (!atLineEnd()) {
                return true;
            }
            endLine();
        }
    }

    /** The next field of this line; empty at the line's end. A field too long for any number comes cut off. */
    String next() throws IOException {
        skipBlanks();
        field.setLength(0);
        while (!atLineEnd() && !isBlank(next) && field.length() < LONGEST) {
            field.append((char) next);
            next = reader.read();
        }
        return field.toString();
    }

    /** The next field as a time in seconds. */
    double time(TimeKind kind, String what) throws IOException {
        String text = next();
        double seconds = kind.parse(text);
        if (Double.isNaN(seconds)) {
            throw malformed(text, kind.expected(what));
        }
        return seconds;
    }

    /** The next field as a whole number. */
    long wholeNumber(String what, long least, long most) throws IOException {
        String text = next();
        Long value = Longs.tryParse(text);
        if (value == null || value < least || value > most) {
            throw malformed(text, "the " + what + ", " + least + " to " + most);
        }
        return value;
    }

    /** Passes over what is left of this line. */
    void skipLine() throws IOException {
        while (!atLineEnd()) {
            next = reader.read();
        }
    }

    /** An error in this line. */
    TraceException malformed(String found, String expected) {
        String shown = found.isEmpty() ? "the end of the line" : TraceException.quoted(found);
        return new TraceException(path, line, shown, expected);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private void skipBlanks() throws IOException {
        while (isBlank(next)) {
            next = reader.read();
        }
    }

    private void endLine() throws IOException {
        int ended = next;
        next = reader.read();
        if (ended == '\r' && next == '\n') {
            next = reader.read();
        }
        line++;
    }

    private boolean atLineEnd() {
        return next == '\n' || next == '\r' || next == END_OF_FILE;
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }
}
