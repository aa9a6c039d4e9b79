/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a node has done since it started, and whether it can still do it. Immutable.
 *
 * @param guarantees times it granted a task uninterrupted service
 * @param pauseFailures pauses that it could not carry out
 * @param pausingOff why it pauses nothing for now, cut to {@value #MOST_CHARACTERS} characters; empty while it does
 */
public record Tally(long guarantees, long pauseFailures, String pausingOff) {
    private static final int MOST_CHARACTERS = 500;

    public Tally {
        if (guarantees < 0 || pauseFailures < 0) {
            throw new IllegalArgumentException(
                    "guarantees and failed pauses must not be negative, were " + guarantees + " and " + pauseFailures);
        }
        pausingOff = pausingOff.length() <= MOST_CHARACTERS ? pausingOff : pausingOff.substring(0, MOST_CHARACTERS);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(guarantees);
        out.writeLong(pauseFailures);
        out.writeUTF(pausingOff);
    }

    static Tally read(DataInput in) throws IOException {
        return new Tally(in.readLong(), in.readLong(), in.readUTF());
    }
}
