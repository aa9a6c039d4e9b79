/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Iterator;
import scala.Tuple2;

/**
 * The records that are sorted: random keys, no two alike, each with a payload that follows from its key. Immutable.
 *
 * @param bytes length of a payload
 * @param spoilt the payload of the first record is not what follows from its key, or without payloads its key is another
 */
record SortRecords(long seed, int bytes, boolean spoilt) implements Serializable {

    private static final int FIRST = 0;

    Iterator<Tuple2<Long, byte[]>> of(Slice slice) {
        return slice.numbers().mapToObj(this::record).iterator();
    }

    private Tuple2<Long, byte[]> record(long id) {
        long key = key(id);
        byte[] payload = payload(key);
        if (spoilt && id == FIRST) {
            if (bytes == 0) {
                return new Tuple2<>(key + 1, payload);
            }
            payload[bytes - 1]++;
        }
        return new Tuple2<>(key, payload);
    }

    private long key(long id) {
        return Hash64.of(id, seed);
    }

    private byte[] payload(long key) {
        ByteBuffer words = ByteBuffer.allocate(bytes + Long.BYTES - 1);
        for (int at = 0; at < bytes; at += Long.BYTES) {
            words.putLong(at, Hash64.of(at, key));
        }
        byte[] payload = new byte[bytes];
        words.get(payload);
        return payload;
    }

    static long hash(long key, byte[] payload) {
        long hash = key;
        for (byte octet : payload) {
            hash = Hash64.of(octet, hash);
        }
        return Hash64.of(payload.length, hash);
    }

    /** What the hashes of the records of a slice add up to. */
    long hashes(Slice slice) {
        return slice.numbers()
                .map(this::key)
                .map(key -> hash(key, payload(key)))
                .sum();
    }
}
