/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Plays the kernel for groups in a plain folder: takes requests, and answers them some rests later. Time is virtual. */
final class FakeFreezer implements Deadline.Pace, KernelFiles {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<Path, FreezerVersion> groups = new LinkedHashMap<>();
    private final Map<Path, Boolean> requests = new LinkedHashMap<>();
    private long nanos;
    private int rests;
    private int restsToFreeze;
    private int restsToThaw;
    private int restsToEmpty = NEVER;
    private int restsToLeave = NEVER;

    void serve(FreezerVersion version, Path group, String processes) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), processes);
        Files.writeString(version.requestFile(group), "");
        groups.put(group, version);
        version.request(this, group, false);
        answer(group, false);
    }

    void freezeAfterRests(int count) {
        restsToFreeze = count;
    }

    void neverFreeze() {
        restsToFreeze = NEVER;
    }

    void neverThaw() {
        restsToThaw = NEVER;
    }

    /** The processes end. */
    void leaveAfterRests(int count) {
        restsToLeave = count;
    }

    /** The control files vanish, so that the folder can be removed as an empty group can. */
    void emptyAfterRests(int count) {
        restsToEmpty = count;
    }

    int rests() {
        return rests;
    }

    long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public String read(Path file) throws IOException {
        return KernelFiles.SYSTEM.read(file);
    }

    @Override
    public void write(Path file, String text) throws IOException {
        Path group = file.resolveSibling("").normalize();
        FreezerVersion version = groups.get(group);
        if (version == null || !Files.isDirectory(group)) {
            throw new IOException(file + " does not exist");
        }
        boolean freeze = text.equals("1") || text.equals("FROZEN");
        requests.put(group, freeze);
        KernelFiles.SYSTEM.write(version.requestFile(group), version == FreezerVersion.V2 ? text : "FREEZING");
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void rest(long duration) {
        // As on a busy machine, which also spares the test most of the looks.
        nanos += 10 * duration;
        rests++;
        try {
            for (Map.Entry<Path, Boolean> request : requests.entrySet()) {
                if (rests >= (request.getValue() ? restsToFreeze : restsToThaw)
                        && Files.isDirectory(request.getKey())) {
                    answer(request.getKey(), request.getValue());
                }
            }
            if (rests == restsToLeave) {
                for (Path group : groups.keySet()) {
                    Files.writeString(group.resolve("cgroup.procs"), "");
                }
            }
            if (rests >= restsToEmpty) {
                empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Path group, boolean frozen) throws IOException {
        FreezerVersion version = groups.get(group);
        if (version != null) {
            String line = version.confirmation(frozen) + "\n";
            Files.writeString(version.stateFile(group), version == FreezerVersion.V1 ? line : "populated 1\n" + line);
        }
    }

    private void empty() throws IOException {
        for (Path group : groups.keySet()) {
            if (Files.isDirectory(group)) {
                for (Path file : LiveTask.list(group)) {
                    Files.delete(file);
                }
            }
        }
    }
}
