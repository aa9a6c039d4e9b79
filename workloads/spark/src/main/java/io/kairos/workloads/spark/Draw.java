/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.Serializable;

/**
 * A random whole number for each id, the same in plain Java and in Spark SQL. Immutable.
 *
 * @param seed draws with different seeds have nothing to do with each other
 * @param choices numbers are from 0 to one less than this
 */
public record Draw(long seed, long choices) implements Serializable {

    /** What Spark SQL's hash function begins with. */
    private static final long SQL_SEED = 42;

    public long of(long id) {
        return Hash64.below(choices, seed, Hash64.of(id, SQL_SEED));
    }

    /** The same as an expression over the bigint column {@code id}. */
    public String sql() {
        return "pmod(xxhash64(id, " + seed + "L), " + choices + "L)";
    }
}
