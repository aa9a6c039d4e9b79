/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

/**
 * The 64-bit xxHash of eight bytes: what generators draw from and what checksums add up. It is what Spark SQL's {@code
 * xxhash64} computes of one bigint, so that plain Java and SQL generate the same data. With the same seed no two values
 * have the same hash.
 */
public final class Hash64 {

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Hash64() {}

    public static long of(long value, long seed) {
        long hash = seed + PRIME_5 + Long.BYTES;
        hash ^= Long.rotateLeft(value * PRIME_2, 31) * PRIME_1;
        hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    /** A hash of the characters, each hashed with the hash of those before it as the seed. */
    public static long of(String text, long seed) {
        long hash = Hash64.of(text.length(), seed);
        for (int at = 0; at < text.length(); at++) {
            hash = of(text.charAt(at), hash);
        }
        return hash;
    }

    /** A draw from 0 to {@code choices - 1}. */
    public static long below(long choices, long value, long seed) {
        return Math.floorMod(of(value, seed), choices);
    }
}
