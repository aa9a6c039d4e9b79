/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.release;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The release as it is shipped. Immutable.
 *
 * @param file the archive
 * @param entries its headers, in their order
 */
record Archive(Path file, List<Entry> entries) {
    private static final byte[] SCRIPT_MARK = {'#', '!'};

    /**
     * What the archive says of a file or a folder.
     *
     * @param mode its permissions alone
     * @param script whether it begins as scripts do
     */
    record Entry(TarArchiveEntry header, int mode, boolean script) {
        String name() {
            return header.getName();
        }
    }

    Archive {
        entries = List.copyOf(entries);
    }

    /** The one that was built. */
    static Archive built() throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getProperty("kairos.release")));
        List<Entry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
            for (TarArchiveEntry header = tar.getNextEntry(); header != null; header = tar.getNextEntry()) {
                boolean script = header.isFile() && Arrays.equals(tar.readNBytes(SCRIPT_MARK.length), SCRIPT_MARK);
                entries.add(new Entry(header, header.getMode() & 0777, script));
            }
        }
        return new Archive(file, entries);
    }

    /** The folder that it makes where it is unpacked: its own name without the ending. */
    String folder() {
        return file.getFileName().toString().replace(".tar.gz", "");
    }

    /** Unpacks it as its users do. */
    Path unpack(Path where) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-xzf", file.toString(), "-C", where.toString())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not unpack " + file);
        }
        return where.resolve(folder());
    }
}
