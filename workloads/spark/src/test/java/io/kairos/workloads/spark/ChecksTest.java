/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Answers with one thing wrong each, without Spark. */
class ChecksTest {

    private final SortRecords source = new SortRecords(3, 8, false);
    private final SortJob sort = new SortJob(arguments(JobKind.SORT, "--records", "100"));
    private final LinkGraph graph = new LinkGraph(1, 100, 3);
    private final IterateJob iterate = new IterateJob(arguments(JobKind.ITERATE, "--vertices", "100", "--degree", "3"));

    @Test
    void sortedRecordsAreRightInOneRunAndInTwo() {
        List<Tuple2<Long, byte[]>> records = sorted();
        long hashes = sort.check(runs(records), source);
        assertThat(sort.check(runs(records.subList(0, 40), List.of(), records.subList(40, 100)), source))
                .isEqualTo(hashes);
    }

    @Test
    void recordsOutOfOrderWithinAPartitionAreNoticed() {
        List<Tuple2<Long, byte[]>> records = sorted();
        records.add(20, records.remove(21));
        assertThatThrownBy(() -> sort.check(runs(records), source))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("expected 0 records out of order, got 1");
    }

    @Test
    void partitionsOutOfOrderAreNoticedAlsoWithAnEmptyOneBetween() {
        List<Tuple2<Long, byte[]>> records = sorted();
        assertThatThrownBy(() -> sort.check(runs(records.subList(40, 100), List.of(), records.subList(0, 40)), source))
                .hasMessage("expected 0 records out of order, got 1");
    }

    @Test
    void aRecordThatIsMissingOrThereTwiceIsNoticed() {
        List<Tuple2<Long, byte[]>> records = sorted();
        assertThatThrownBy(() -> sort.check(runs(records.subList(1, 100)), source))
                .hasMessage("expected 100 records, got 99");
        records.set(1, records.get(0));
        assertThatThrownBy(() -> sort.check(runs(records), source))
                .hasMessageMatching("expected -?\\d+ as the sum of hashes, got -?\\d+");
    }

    @Test
    void aCountOfPointsThatIsNotPiIsNoticedInASliceThatNobodyRecounts() {
        PiJob pi = new PiJob(arguments(JobKind.PI, "--slices", "8", "--samples", "10000"));
        List<Tuple2<Integer, Long>> counts = new ArrayList<>(IntStream.range(0, 8)
                .mapToObj(slice -> new Tuple2<>(slice, PiJob.inside(slice, 5, 10_000)))
                .toList());
        assertThat(pi.check(counts, 5)).isBetween(62_000L, 63_700L);
        counts.set(1, new Tuple2<>(1, 0L));
        assertThatThrownBy(() -> pi.check(counts, 5)).hasMessageStartingWith("expected pi within 0.0");
        counts.remove(1);
        assertThatThrownBy(() -> pi.check(counts, 5)).hasMessage("expected 8 slices, got 7");
    }

    @Test
    void ranksThatGrewOrShrankAreNoticedWithoutPlainJava() {
        RankFigures right = RankFigures.of(graph.ranks(2));
        iterate.check(right, graph, 2);
        long least = right.least();
        long all = LinkGraph.UNIT * 100;
        assertThatThrownBy(() -> iterate.check(new RankFigures(100, all + 1, least, 0), graph, 2))
                .hasMessageEndingWith("together after iteration 2, got 100000000001");
        assertThatThrownBy(() -> iterate.check(new RankFigures(100, all - 801, least, 0), graph, 2))
                .hasMessageEndingWith("together after iteration 2, got 99999999199");
        assertThatThrownBy(() -> iterate.check(new RankFigures(100, all, 149_999_999, 0), graph, 2))
                .hasMessage("expected ranks of at least 150000000 after iteration 2, got 149999999");
        assertThatThrownBy(() -> iterate.check(new RankFigures(99, all, least, 0), graph, 2))
                .hasMessage("expected 100 vertices, got 99");
    }

    @Test
    void aSumOfAnotherKeyIsNoticed() {
        AggregateJob aggregate = new AggregateJob(arguments(JobKind.AGGREGATE, "--records", "10", "--keys", "2"));
        KeyedNumbers numbers = new KeyedNumbers(2, 0, false);
        Tuple2<Integer, Long> even = new Tuple2<>(0, 20L);
        aggregate.check(List.of(even, new Tuple2<>(1, 25L)), numbers);
        assertThatThrownBy(() -> aggregate.check(List.of(even, new Tuple2<>(1, 26L)), numbers))
                .hasMessage("expected 25 as the sum of key 1, got 26");
        assertThatThrownBy(() -> aggregate.check(List.of(even), numbers)).hasMessage("expected 2 keys, got 1");
    }

    private List<Tuple2<Long, byte[]>> sorted() {
        List<Tuple2<Long, byte[]>> records = new ArrayList<>();
        Iterator<Tuple2<Long, byte[]>> unsorted = source.of(new Slice(0, 100));
        unsorted.forEachRemaining(records::add);
        records.sort(Comparator.comparing(Tuple2::_1));
        return records;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<SortedRun> runs(List<Tuple2<Long, byte[]>>... partitions) {
        return Stream.of(partitions)
                .map(partition -> SortedRun.of(partition.iterator()))
                .toList();
    }

    private static Arguments arguments(JobKind kind, String... arguments) {
        return kind.parse(
                Stream.concat(Stream.of(kind.word()), Stream.of(arguments)).toArray(String[]::new));
    }
}
