/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.IOException;
import java.nio.file.Path;

/** A trace that cannot be used. The message is one line: where, what was found, what was expected. */
public final class TraceException extends IOException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_QUOTE = 80;

    TraceException(Path path, String problem) {
        super(path + ": " + problem);
    }

    TraceException(Path path, long line, String found, String expected) {
        super(path + ":" + line + ": found " + found + ", expected " + expected);
    }

    /** A field as errors show it: short, in quotes and without control characters. */
    static String quoted(String field) {
        String shown = field.length() > LONGEST_QUOTE ? field.substring(0, LONGEST_QUOTE) + "..." : field;
        return "'" + shown.replaceAll("\\p{C}", "?") + "'";
    }
}
