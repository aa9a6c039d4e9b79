/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.IOException;

/** Packed bytes that cannot be unpacked, or not within reason. Whoever knows the line makes it a {@link TraceException}. */
final class PackingException extends IOException {

    private static final long serialVersionUID = 1;

    private final String found;
    private final String expected;

    PackingException(String found, String expected) {
        super("found " + found + ", expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }
}
