/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes the small text files by which the kernel speaks. Uses streams on purpose: the channels behind
 * {@code Files.readString} fail in an interrupted thread, and a thaw during shutdown must not.
 */
final class KernelFile {
    private KernelFile() {}

    static String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Writes in one system call, as the kernel expects. */
    static void write(Path file, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
