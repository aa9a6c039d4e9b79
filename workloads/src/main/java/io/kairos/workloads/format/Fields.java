/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.IOException;
import java.io.Reader;

/**
 * The fields of a text file, line by line, separated by blanks. Only one field is held at a time, however long a line
 * is. Line ends may be LF, CRLF or CR, and a byte order mark at the start is passed over.
 */
final class Fields {

    private static final int LONGEST = 64;
    private static final int END_OF_FILE = -1;

    private final Reader reader;
    private final StringBuilder field = new StringBuilder(LONGEST);
    private long line = 1;
    private int next;

    Fields(Reader reader) throws IOException {
        this.reader = reader;
        this.next = reader.read();
        if (next == '\uFEFF') {
            next = reader.read();
        }
    }

    /** Number of the line the next field is looked for in, from 1. */
    long line() {
        return line;
    }

    /**
     * Moves over blank lines to the next field.
     *
     * @return false at the end of the file
     */
    boolean advanceToContent() throws IOException {
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
