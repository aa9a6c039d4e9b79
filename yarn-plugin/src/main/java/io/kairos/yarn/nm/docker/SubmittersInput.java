/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSExceptionMessages;
import org.apache.hadoop.fs.FSInputStream;

/** A file of this host as a {@link LocalReader} reads it, from its beginning; to go back it is opened anew. One thread's. */
final class SubmittersInput extends FSInputStream {
    private final LocalReader reader;
    private final String path;
    private InputStream in;
    private long position;

    SubmittersInput(LocalReader reader, String path) throws IOException {
        this.reader = reader;
        this.path = path;
        this.in = reader.open(path);
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        position += read == -1 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public void seek(long target) throws IOException {
        if (target < 0) {
            throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK);
        }
        if (target < position) {
            in.close();
            in = reader.open(path);
            position = 0;
        }
        in.skipNBytes(target - position);
        position = target;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
