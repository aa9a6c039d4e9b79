/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.List;

/** What every job takes. */
final class CommonOptions {

    static final String SEED = "seed";
    static final String ROUNDS = "rounds";
    static final String PARTITIONS = "partitions";
    static final String CORRUPT = "corrupt";

    static final List<Option> ALL = List.of(
            Option.whole(SEED, 1, 0, 1_000_000_000_000L, "what the data come from"),
            Option.whole(ROUNDS, 1, 1, 1_000_000, "how often the job does its work"),
            Option.whole(PARTITIONS, 8, 1, 10_000, "tasks of a stage; the result does not depend on it"),
            Option.flag(CORRUPT, false, "spoils the data, to see that the check notices"));

    private CommonOptions() {}
}
