/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Plays the kernel for groups in a plain folder: looks at the request files whenever the pauser rests. Time is virtual. */
final class FakeFreezer implements Deadline.Pace {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<Path, FreezerVersion> groups = new TreeMap<>();
    private long nanos = 1_000;
    private int rests;
    private int freezeRests = 1;
    private int thawRests = 1;
    private int emptyRests = NEVER;

    void serve(FreezerVersion version, Path group, String processes) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), processes);
        groups.put(group, version);
        version.request(group, false);
        answer(version, group, false);
    }

    void answerAfterRests(int rests) {
        freezeRests = rests;
    }

    void neverFreeze() {
        freezeRests = NEVER;
    }

    void neverAnswer() {
        freezeRests = NEVER;
        thawRests = NEVER;
    }

    /** The control files vanish, so that the folder can be removed as an empty group can. */
    void emptyAfterRests(int rests) {
        emptyRests = rests;
    }

    boolean state(Path group) throws IOException {
        FreezerVersion version = groups.get(group);
        return version != null && version.isConfirmed(group, true);
    }

    int rests() {
        return rests;
    }

    long elapsed(TimeUnit unit) {
        return unit.convert(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void rest(long duration) {
        nanos += duration;
        rests++;
        try {
            for (Map.Entry<Path, FreezerVersion> entry : groups.entrySet()) {
                work(entry.getValue(), entry.getKey());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(FreezerVersion version, Path group) throws IOException {
        if (rests >= emptyRests) {
            for (Path file : Files.isDirectory(group) ? LiveTask.list(group) : java.util.List.<Path>of()) {
                Files.deleteIfExists(file);
            }
            return;
        }
        try {
            String request = Files.readString(version.requestFile(group)).strip();
            boolean freeze = request.equals("1") || request.equals("FROZEN") || request.equals("FREEZING");
            if (rests >= (freeze ? freezeRests : thawRests)) {
                answer(version, group, freeze);
            } else if (version == FreezerVersion.V1) {
                Files.writeString(version.stateFile(group), freeze ? "FREEZING\n" : "THAWING\n");
            }
        } catch (NoSuchFileException removed) {
            groups.remove(group);
        }
    }

    private static void answer(FreezerVersion version, Path group, boolean frozen) throws IOException {
        String line = version.confirmation(frozen) + "\n";
        Files.writeString(version.stateFile(group), version == FreezerVersion.V1 ? line : "populated 1\n" + line);
    }
}
