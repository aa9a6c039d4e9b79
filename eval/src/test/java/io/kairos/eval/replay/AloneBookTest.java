/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.workloads.mix.Framework;
import io.kairos.workloads.mix.JobTemplate;
import io.kairos.workloads.mix.MixedJob;
import io.kairos.workloads.model.JobClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AloneBookTest {
    private static final RunTerms TERMS = new RunTerms("fifo", 1, 3, 2, null, null, null, "default");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void whatWasLearnedIsKnownToTheNextRunWhateverItsScheduler() throws IOException {
        AloneBook book = AloneBook.of(folder, TERMS);
        assertThat(book.knows(job("pi", "3"))).isFalse();
        book.learn(job("pi", "3"), figures(4));

        AloneBook again = AloneBook.of(folder, new RunTerms("kairos", 2, 3, 2, 4, 5.0, "auto", "default"));
        assertThat(again.knows(job("pi", "3"))).isTrue();
        assertThat(again.figures(job("pi", "3")).seconds()).isEqualTo(10);
    }

    @Test
    void figuresOfAnotherJobOrOfOtherNodesAreOfNoUse() throws IOException {
        AloneBook book = AloneBook.of(folder, TERMS);
        book.learn(job("pi", "3"), figures(4));
        assertThat(book.knows(job("pi", "4"))).isFalse();
        for (RunTerms other : List.of(
                new RunTerms("fifo", 1, 4, 2, null, null, null, "default"),
                new RunTerms("fifo", 1, 3, 2, null, null, null, "docker"))) {
            AloneBook elsewhere = AloneBook.of(folder, other);
            assertThat(elsewhere.knows(job("pi", "3"))).isFalse();
            elsewhere.learn(job("pi", "3"), figures(5));
        }
        assertThat(AloneBook.of(folder, TERMS).figures(job("pi", "3")).tasks()).isEqualTo(4);
    }

    @Test
    void aWorkloadIsTheSumOfItsJobs() throws IOException {
        AloneBook book = AloneBook.of(folder, TERMS);
        book.learn(job("pi", "3"), figures(4));
        book.learn(job("own", "x"), figures(null));
        List<MixedJob> jobs = List.of(
                new MixedJob(1, job("pi", "3"), 0),
                new MixedJob(2, job("own", "x"), 1),
                new MixedJob(3, job("pi", "3"), 2));
        assertThat(book.workload("mixed", jobs, 7)).isEqualTo(new WorkloadSummary("mixed", 3, 9, 7L, 60));
    }

    @Test
    void aJobOfWhichNothingIsKnownIsNotRunBesideRunsThatWere() throws IOException {
        AloneBook book = AloneBook.of(folder, TERMS);
        book.learn(job("pi", "3"), figures(4));
        assertThat(book.require(List.of(new MixedJob(1, job("pi", "3"), 0)))).isSameAs(book);
        assertThatThrownBy(() -> book.require(List.of(new MixedJob(1, job("pi", "4"), 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("alone.json")
                        + ": does not know job 'pi' as it is now, and there are runs beside it: expected another folder,"
                        + " or the jobs of these runs");
    }

    @Test
    void aFileOfAnotherKindIsToldInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("alone.json"), "[1]");
        assertThatThrownBy(() -> AloneBook.of(folder, TERMS))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": expected the figures of jobs that ran alone")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    private static JobTemplate job(String name, String argument) {
        return new JobTemplate(name, JobClass.SHORT, Framework.SPARK, List.of(), List.of(name, argument), 1);
    }

    private static AloneFigures figures(@Nullable Integer tasks) {
        return new AloneFigures(10, 20, tasks, "pi 3");
    }
}
