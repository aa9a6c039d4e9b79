/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * PageRank in whole numbers over a generated graph that stays cached on the executors, and so do the ranks from one iteration
 * to the next. What must hold of all ranks is checked after every iteration; up to {@link #CHECKED_VISITS} the ranks must
 * be those of plain Java on the same graph, too.
 */
final class IterateJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.whole("vertices", 20_000, 1, 100_000_000, "vertices of the graph"),
            Option.whole("degree", 8, 1, 1_000, "links of a vertex"),
            Option.whole("iterations", 5, 1, 1_000, "iterations, a Spark job each"));

    /** Links that plain Java follows within seconds. */
    static final long CHECKED_VISITS = 500_000_000;

    private final int vertices;
    private final int degree;
    private final int iterations;
    private final int partitions;
    private final long seed;
    private final boolean corrupt;

    IterateJob(Arguments arguments) {
        arguments.requireNoWords();
        this.vertices = arguments.count("vertices");
        this.degree = arguments.count("degree");
        this.iterations = arguments.count("iterations");
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.seed = arguments.whole(CommonOptions.SEED);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    @Override
    public long run(SparkSession session, int round) {
        LinkGraph graph = new LinkGraph(Hash64.of(round, seed), vertices, degree);
        Partitioner partitioner = new HashPartitioner(partitions);
        int tasks = partitions;
        JavaPairRDD<Integer, int[]> links = Slice.indices(session, tasks)
                .flatMapToPair(index -> Slice.of(index, tasks, graph.vertices())
                        .numbers()
                        .mapToObj(vertex -> new Tuple2<>((int) vertex, graph.links((int) vertex)))
                        .iterator())
                .partitionBy(partitioner)
                .cache();
        long spoilt = corrupt ? LinkGraph.UNIT * (vertices / 100 + 1) : 0;
        JavaPairRDD<Integer, Long> ranks = links.mapToPair(
                        vertex -> new Tuple2<>(vertex._1(), LinkGraph.UNIT + (vertex._1() == 0 ? spoilt : 0)))
                .partitionBy(partitioner);
        RankFigures figures = RankFigures.NONE;
        for (int iteration = 1; iteration <= iterations; iteration++) {
            JavaPairRDD<Integer, Long> before = ranks;
            ranks = next(graph, links, before, partitioner).cache();
            figures = figures(ranks);
            check(figures, graph, iteration);
            before.unpersist(false);
        }
        links.unpersist(false);
        ranks.unpersist(false);
        checkWithPlainJava(figures, graph);
        return figures.checksum();
    }

    private static JavaPairRDD<Integer, Long> next(
            LinkGraph graph,
            JavaPairRDD<Integer, int[]> links,
            JavaPairRDD<Integer, Long> ranks,
            Partitioner partitioner) {
        return links.join(ranks, partitioner)
                .flatMapToPair(vertex -> given(
                                graph,
                                vertex._1(),
                                vertex._2()._1(),
                                vertex._2()._2())
                        .iterator())
                .reduceByKey(partitioner, Long::sum)
                .mapValues(LinkGraph::rank);
    }

    private static Stream<Tuple2<Integer, Long>> given(LinkGraph graph, int vertex, int[] links, long rank) {
        long share = graph.share(rank);
        // Nothing for itself: a vertex that nobody links to stays.
        return Stream.concat(
                Stream.of(new Tuple2<>(vertex, 0L)), IntStream.of(links).mapToObj(link -> new Tuple2<>(link, share)));
    }

    private static RankFigures figures(JavaPairRDD<Integer, Long> ranks) {
        return ranks
                .mapPartitions(part -> {
                    RankFigures figures = RankFigures.NONE;
                    while (part.hasNext()) {
                        Tuple2<Integer, Long> rank = part.next();
                        figures = figures.with(rank._1(), rank._2());
                    }
                    return List.of(figures.packed()).iterator();
                })
                .collect()
                .stream()
                .map(RankFigures::unpacked)
                .reduce(RankFigures.NONE, RankFigures::and);
    }

    void check(RankFigures figures, LinkGraph graph, int iteration) {
        WrongAnswerException.unlessEqual("vertices", vertices, figures.vertices());
        WrongAnswerException.unless(
                figures.least() >= LinkGraph.LEAST,
                "ranks of at least " + LinkGraph.LEAST + " after iteration " + iteration,
                String.valueOf(figures.least()));
        long most = LinkGraph.UNIT * vertices;
        long least = graph.leastTotal(iteration);
        WrongAnswerException.unless(
                figures.total() >= least && figures.total() <= most,
                "ranks of " + least + " to " + most + " together after iteration " + iteration,
                String.valueOf(figures.total()));
    }

    private void checkWithPlainJava(RankFigures figures, LinkGraph graph) {
        if ((long) vertices * degree * iterations <= CHECKED_VISITS) {
            long expected = RankFigures.of(graph.ranks(iterations)).checksum();
            WrongAnswerException.unlessEqual("as the checksum of ranks", expected, figures.checksum());
        }
    }
}
