/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays the kernel's cpu controller in a plain folder: a folder is a group, and a process is in one group at a time. */
final class FakeCpu implements KernelFiles {
    private static final String PROCESSES = "cgroup.procs";

    private final List<String> written = new ArrayList<>();
    private boolean deaf;

    /** From now on the kernel takes limits and keeps none. */
    void ignoreWrites() {
        deaf = true;
    }

    /** All that was written, as {@code file text}, the file by its name alone. */
    List<String> written() {
        return written;
    }

    Path group(Path folder, String... files) throws IOException {
        Files.createDirectories(folder);
        for (String file : files) {
            int blank = file.indexOf(' ');
            Files.writeString(folder.resolve(file.substring(0, blank)), file.substring(blank + 1) + "\n");
        }
        return folder;
    }

    @Override
    public String read(Path file) throws IOException {
        if (file.endsWith(PROCESSES) && !Files.exists(file) && Files.isDirectory(file.resolveSibling(""))) {
            return "";
        }
        return KernelFiles.SYSTEM.read(file);
    }

    @Override
    public void write(Path file, String text) throws IOException {
        if (!Files.isDirectory(file.resolveSibling(""))) {
            throw new FileNotFoundException(file + " does not exist");
        }
        written.add(file.getFileName() + " " + text);
        if (deaf) {
            Files.writeString(file, "-1\n");
        } else if (file.endsWith(PROCESSES)) {
            Files.writeString(file, read(file) + text + "\n");
        } else {
            Files.writeString(file, text + "\n");
        }
    }
}
