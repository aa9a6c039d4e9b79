/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/**
 * What later releases have added to a message: bytes at its end, behind their number. Who knows less of them than was sent
 * leaves the rest unread, who expects more than was sent takes defaults; so nodes and ResourceManager can be upgraded one by one.
 */
final class Extension {
    /** More than any message adds: what a broken peer claims must not fill the heap. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    static void write(DataOutput out, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
    }

    /** What is there, to be read to whatever end; empty where the sender knows of no extension. */
    static Optional<DataInputStream> read(DataInput in) throws IOException {
        int size;
        try {
            size = in.readInt();
        } catch (EOFException none) {
            return Optional.empty();
        }
        if (size < 0 || size > MOST_BYTES) {
            throw new IllegalArgumentException("an extension of " + size + " bytes: expected 0 to " + MOST_BYTES);
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        return Optional.of(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Writes what is added. */
    @FunctionalInterface
    interface Content {
        void write(DataOutput out) throws IOException;
    }

    private Extension() {}
}
