/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.meter;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The kernel's small text files. */
final class Texts {
    private Texts() {}

    /** The whole file. By a stream, for a channel would be closed by the interrupt that ends the reading thread. */
    static String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
