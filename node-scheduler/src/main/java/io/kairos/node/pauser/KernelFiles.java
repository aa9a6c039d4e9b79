/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The small text files by which the kernel speaks and listens; a test may answer in its place. */
interface KernelFiles {
    /**
     * The real ones. Uses streams on purpose: the channels behind {@code Files.readString} fail in an interrupted thread, and a
     * thaw during shutdown must not.
     */
    KernelFiles SYSTEM = new KernelFiles() {
        @Override
        public String read(Path file) throws IOException {
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void write(Path file, String text) throws IOException {
            // The kernel makes these files; where one is missing, an ordinary file of ours would only deceive us.
            if (!file.toFile().exists()) {
                throw new FileNotFoundException(file + " does not exist");
            }
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    };

    String read(Path file) throws IOException;

    /** Writes to a file that exists, in one system call, as the kernel expects. */
    void write(Path file, String text) throws IOException;
}
