/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import com.google.common.io.CountingInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, unpacked if they are packed with gzip (RFC 1952) or Zstandard (RFC 8878), whatever the file is
 * called. Not thread-safe.
 */
final class UnpackedStream extends InputStream {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTANDARD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final int BUFFER_BYTES = 1 << 16;
    // Logs pack 10 to 50 times. What packs a thousand times says nothing, and is there to fill memory.
    private static final int MOST_TIMES = 300;
    private static final long UNCHECKED_BYTES = 1L << 28;

    private final CountingInputStream packed;
    private final InputStream bytes;
    /** Empty if the file is not packed. */
    private final String packing;

    private long unpackedBytes;

    private UnpackedStream(CountingInputStream packed) throws IOException {
        this.packed = packed;
        BufferedInputStream buffered = new BufferedInputStream(packed, BUFFER_BYTES);
        buffered.mark(ZSTANDARD.length);
        byte[] start = buffered.readNBytes(ZSTANDARD.length);
        buffered.reset();
        if (startsWith(start, GZIP)) {
            packing = "gzip";
            bytes = unzipped(buffered);
        } else if (startsWith(start, ZSTANDARD)) {
            packing = "Zstandard";
            bytes = new ZstdInputStream(buffered);
        } else {
            packing = "";
            bytes = buffered;
        }
    }

    /** @throws PackingException if the file begins as a packed one and is none */
    static UnpackedStream open(Path path) throws IOException {
        CountingInputStream packed = new CountingInputStream(Files.newInputStream(path));
        try {
            return new UnpackedStream(packed);
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws PackingException if the packed bytes are cut off or damaged, or unpack to more than any trace does */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = bytes.read(buffer, offset, length);
        } catch (EOFException | ZipException | ZstdIOException e) {
            throw damaged(packing);
        }
        unpackedBytes += Math.max(0, count);
        if (!packing.isEmpty() && unpackedBytes > UNCHECKED_BYTES && unpackedBytes / MOST_TIMES > packed.getCount()) {
            throw new PackingException(
                    packing + " data that unpacks to more than " + MOST_TIMES + " times its size",
                    "a trace; unpack it first if it is one");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private static InputStream unzipped(InputStream zipped) throws IOException {
        try {
            return new GZIPInputStream(zipped, BUFFER_BYTES);
        } catch (EOFException | ZipException e) {
            throw damaged("gzip");
        }
    }

    private static PackingException damaged(String packing) {
        return new PackingException(packing + " data that is cut off or damaged", "a whole file");
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
