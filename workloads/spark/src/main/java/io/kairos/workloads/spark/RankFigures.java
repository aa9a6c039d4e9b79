/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

/**
 * What can be said of many ranks without having them in one place. Immutable.
 *
 * @param vertices how many
 * @param total sum of the ranks
 * @param least the smallest rank
 * @param checksum sum of the hashes of rank and vertex
 */
record RankFigures(long vertices, long total, long least, long checksum) {

    static final RankFigures NONE = new RankFigures(0, 0, Long.MAX_VALUE, 0);

    static RankFigures of(long[] ranks) {
        RankFigures figures = NONE;
        for (int vertex = 0; vertex < ranks.length; vertex++) {
            figures = figures.with(vertex, ranks[vertex]);
        }
        return figures;
    }

    RankFigures with(int vertex, long rank) {
        return new RankFigures(vertices + 1, total + rank, Math.min(least, rank), checksum + Hash64.of(rank, vertex));
    }

    RankFigures and(RankFigures other) {
        return new RankFigures(
                vertices + other.vertices,
                total + other.total,
                Math.min(least, other.least),
                checksum + other.checksum);
    }

    /** As numbers alone, which every serializer of Spark takes. */
    long[] packed() {
        return new long[] {vertices, total, least, checksum};
    }

    static RankFigures unpacked(long[] packed) {
        return new RankFigures(packed[0], packed[1], packed[2], packed[3]);
    }
}
