/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like {@code /proc}. */
final class FakeProc {
    /** Above the highest pid Linux can give, so that a signal to it never reaches anyone. */
    static final long NO_SUCH_PROCESS = 5_000_000;

    private final Path folder;

    FakeProc(Path folder) throws IOException {
        this.folder = folder;
        write("self/stat", line(NO_SUCH_PROCESS + 999, 'S', 1, 1, NO_SUCH_PROCESS + 999, 1));
        Files.createDirectories(folder.resolve("sys"));
    }

    ProcessTable table() {
        return new ProcessTable(folder);
    }

    /** A process with one thread per state, the first of which is its own. */
    void put(long pid, String states, long parent, long session, long start) throws IOException {
        write(pid + "/stat", line(pid, states.charAt(0), states.length(), parent, session, start));
        for (int i = 0; i < states.length(); i++) {
            write(
                    pid + "/task/" + (pid + i) + "/stat",
                    line(pid + i, states.charAt(i), states.length(), parent, session, start));
        }
        pending(pid, 0);
    }

    void pending(long pid, long mask) throws IOException {
        write(pid + "/status", "Name:\tx\nSigPnd:\t%016x\nShdPnd:\t%016x\nSigBlk:\t0\n".formatted(0, mask));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    static String line(long pid, char state, int threads, long parent, long session, long start) {
        return pid + " (a ) b (c) " + state + " " + parent + " " + session + " " + session
                + " 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 " + threads + " 0 " + start + " 1000 200\n";
    }
}
