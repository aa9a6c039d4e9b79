/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Counts the points of a square that fall into a quarter of a circle. Each slice draws its points from its own seed, so the
 * driver knows what a slice must count; all together must be near pi / 4 of the points.
 */
final class PiJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.whole("slices", 16, 1, 100_000, "slices, each with a seed of its own"),
            Option.whole("samples", 20_000_000, 1, 100_000_000_000L, "points of a slice"));

    /** Of the normal distribution; a right answer is farther off once in 500 million seeds. */
    private static final double DEVIATIONS = 6;

    private final int slices;
    private final long samples;
    private final int partitions;
    private final long seed;
    private final boolean corrupt;

    PiJob(Arguments arguments) {
        arguments.requireNoWords();
        this.slices = arguments.count("slices");
        this.samples = arguments.whole("samples");
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.seed = arguments.whole(CommonOptions.SEED);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    @Override
    public long run(SparkSession session, int round) {
        // What tasks use are values of their own: the job itself stays in the driver.
        long points = samples;
        long roundSeed = Hash64.of(round, seed);
        long spoilt = corrupt ? 1 : 0;
        List<Tuple2<Integer, Long>> counts = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(IntStream.range(0, slices).boxed().toList(), partitions)
                .map(slice -> new Tuple2<>(slice, inside(slice, roundSeed, points) + (slice == 0 ? spoilt : 0)))
                .collect();
        return check(counts, roundSeed);
    }

    /** Returns how many points of all slices are inside. */
    long check(List<Tuple2<Integer, Long>> counts, long roundSeed) {
        long[] inside = new long[slices];
        WrongAnswerException.unlessEqual("slices", slices, counts.size());
        long all = 0;
        for (Tuple2<Integer, Long> count : counts) {
            inside[count._1()] = count._2();
            all += count._2();
        }
        IntStream.of(0, slices / 2, slices - 1)
                .distinct()
                .forEach(slice -> WrongAnswerException.unlessEqual(
                        "points inside of slice " + slice, inside(slice, roundSeed, samples), inside[slice]));
        checkPi(all, (double) slices * samples);
        return all;
    }

    private static void checkPi(long inside, double points) {
        double share = Math.PI / 4;
        double bound = 4 * DEVIATIONS * Math.sqrt(share * (1 - share) / points);
        double pi = 4 * inside / points;
        WrongAnswerException.unless(
                Math.abs(pi - Math.PI) <= bound, "pi within " + bound + " of " + Math.PI, String.valueOf(pi));
    }

    /** In whole numbers, so that it is the same everywhere: coordinates have 31 bits. */
    static long inside(int slice, long seed, long samples) {
        SplittableRandom random = new SplittableRandom(Hash64.of(slice, seed));
        long inside = 0;
        for (long sample = 0; sample < samples; sample++) {
            long drawn = random.nextLong();
            long x = drawn >>> 33;
            long y = drawn & Integer.MAX_VALUE;
            if (x * x + y * y < 1L << 62) {
                inside++;
            }
        }
        return inside;
    }

    @Override
    public String print(long value) {
        return String.valueOf(value);
    }
}
