/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The text of a file, unpacked as by {@link UnpackedStream}. A byte order mark at the start is passed over. What is no text
 * is refused as soon as it is read, before anyone looks for lines or fields in it. Not thread-safe.
 */
final class TextStream extends InputStream {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final InputStream bytes;
    private boolean atStart = true;
    private boolean afterReturn;
    private long line = 1;

    private TextStream(Path path, InputStream bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** @throws TraceException if the file begins as a packed one and is none */
    static TextStream open(Path path) throws IOException {
        try {
            return new TextStream(path, new BufferedInputStream(UnpackedStream.open(path), BUFFER_BYTES));
        } catch (PackingException e) {
            throw new TraceException(path, 1, e.found(), e.expected());
        }
    }

    /** The text, decoded as UTF-8. That never fails: whatever is no UTF-8 becomes U+FFFD, which no number holds. */
    Reader reader() {
        return new InputStreamReader(this, StandardCharsets.UTF_8);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws TraceException if the bytes are no text, or the packed file is cut off, damaged or absurd */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            if (atStart) {
                atStart = false;
                passByteOrderMark();
            }
            int count = bytes.read(buffer, offset, length);
            for (int index = offset; index < offset + count; index++) {
                inspect(buffer[index]);
            }
            return count;
        } catch (PackingException e) {
            throw new TraceException(path, line, e.found(), e.expected());
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private void passByteOrderMark() throws IOException {
        bytes.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            bytes.reset();
        }
    }

    private void inspect(byte value) throws TraceException {
        if (value == '\r' || value == '\n' && !afterReturn) {
            line++;
        }
        afterReturn = value == '\r';
        boolean isBlank = value >= '\t' && value <= '\r';
        if (value >= 0 && value < ' ' && !isBlank) {
            throw new TraceException(
                    path,
                    line,
                    String.format("the byte 0x%02x, which is in no text", value),
                    "text in UTF-8, plain or packed with gzip or Zstandard");
        }
    }
}
