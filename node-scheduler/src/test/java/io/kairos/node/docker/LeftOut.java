/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells whoever builds that some tests are left out on this machine, and why. Thread-safe. */
public final class LeftOut {
    private LeftOut() {}

    /**
     * Says it on the process's own standard error: what tests write to {@link System#err} the build keeps in files.
     *
     * @param line which tests are left out, and why
     * @return the same line
     */
    public static String say(String line) {
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(line);
        return line;
    }
}
