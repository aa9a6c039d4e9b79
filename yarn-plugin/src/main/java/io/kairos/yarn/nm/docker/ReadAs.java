/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;

/** What a command writes, whose failure is the reading's. One thread's. */
final class ReadAs extends FilterInputStream {
    private final Process command;
    private final String failure;

    /** @param failure what to say if the command fails, in one line */
    ReadAs(Process command, String failure) {
        super(command.getInputStream());
        this.command = command;
        this.failure = failure;
    }

    /** @throws FileNotFoundException at the end of what the command wrote, if it failed */
    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return checked(super.read(buffer, offset, length));
    }

    private int checked(int result) throws IOException {
        if (result == -1 && exitCode() != 0) {
            throw new FileNotFoundException(failure);
        }
        return result;
    }

    private int exitCode() throws InterruptedIOException {
        try {
            return command.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped reading");
        }
    }

    /** The command ends, too, if it has not. */
    @Override
    public void close() throws IOException {
        command.destroyForcibly();
        super.close();
    }
}
