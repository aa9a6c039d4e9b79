/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a command writes, with something that is closed once when the command has ended or nobody reads it any more. */
final class GuardedInput extends FilterInputStream {
    private final AutoCloseable guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuardedInput(InputStream written, AutoCloseable guard) {
        super(written);
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        return heeded(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return heeded(super.read(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            closeGuard();
        }
    }

    private int heeded(int read) throws IOException {
        if (read < 0) {
            closeGuard();
        }
        return read;
    }

    private void closeGuard() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                guard.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
