/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a folder for one process; the operating system lets go of it when the process ends, however it does. The file stays:
 * whoever deleted it could take away one that another process has locked just now.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".kairos-lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @param folder an existing one
     * @throws FolderInUseException another process holds it
     */
    public static FolderLock take(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new FolderInUseException(
                        folder,
                        Files.readString(file, StandardCharsets.US_ASCII).strip());
            }
            channel.truncate(0);
            long process = ProcessHandle.current().pid();
            channel.write(ByteBuffer.wrap((process + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
