/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.workloads.model.JobClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobMixTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theShippedMixIsMostlyShortJobsOfBothFrameworks() {
        List<JobTemplate> jobs = JobMix.shipped().jobs();
        double all = jobs.stream().mapToDouble(JobTemplate::share).sum();
        double shortJobs = jobs.stream()
                .filter(job -> job.jobClass() == JobClass.SHORT)
                .mapToDouble(JobTemplate::share)
                .sum();
        assertThat(shortJobs / all).isBetween(0.8, 0.95);
        assertThat(jobs).extracting(JobTemplate::framework).contains(Framework.SPARK, Framework.MAPREDUCE);
    }

    @Test
    void aPlanHasEachJobAsOftenAsItsShareSaysWhateverTheSeed() {
        JobMix mix = mix(5, 3, 2);
        for (long seed = 1; seed <= 50; seed++) {
            List<MixedJob> plan = mix.plan(10, 20, seed);
            assertThat(plan.stream()
                            .collect(Collectors.groupingBy(job -> job.template().name(), Collectors.counting())))
                    .containsEntry("job-0", 5L)
                    .containsEntry("job-1", 3L)
                    .containsEntry("job-2", 2L);
            assertThat(plan).extracting(MixedJob::id).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(plan).extracting(MixedJob::submitSeconds).isSorted().startsWith(0.0);
        }
    }

    @Test
    void whatDoesNotDivideGoesToTheLargestRemainders() {
        List<MixedJob> plan = mix(45, 35, 20).plan(4, 1, 7); // 1.8, 1.4 and 0.8 of them
        assertThat(plan.stream()
                        .collect(Collectors.groupingBy(job -> job.template().name(), Collectors.counting())))
                .containsEntry("job-0", 2L)
                .containsEntry("job-1", 1L)
                .containsEntry("job-2", 1L);
    }

    @Test
    void aSeedMakesThePlan() {
        JobMix mix = mix(5, 3, 2);
        assertThat(mix.plan(30, 20, 4)).isEqualTo(mix.plan(30, 20, 4)).isNotEqualTo(mix.plan(30, 20, 5));
    }

    @Test
    void theMeanGapIsThatAskedFor() {
        List<MixedJob> plan = mix(1).plan(20_000, 3, 1);
        assertThat(plan.get(plan.size() - 1).submitSeconds() / plan.size()).isBetween(2.9, 3.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            []                                                       | expected at least one job
            [{"name": "a"}]                                          | job 'a': class: expected short or long
            [{"name": "a b"}]                                        | job 'a b': name: expected a word of letters
            [{"class": "short"}]                                     | job 'null': name: expected a word of letters
            [{"name": "a", "class": "tiny"}]                         | tiny
            [{"name": "a", "class": "long", "framework": "spark"}]   | job 'a': job: expected the job's name
            [{"name": "a", "klass": "long"}]                         | job 'a': class: expected short or long
            [{"name": "a", "class": "long", "framework": "spark", "job": ["pi"], "share": 1, "shares": 2}] | shares
            [{"name": "a", "class": "long", "framework": "spark", "job": ["pi"], "share": 0}] | share: expected a number above 0
            null                                                     | expected at least one job
            [null]                                                   | expected jobs, found null
            [{"name": "a", "class": "long", "framework": "spark", "job": ["pi"], "share": 1, "options": [null]}] | options: expected words
            {                                                        | mix.json:1: expected a mix of jobs
            """)
    void whatIsWrongIsToldInOneLineWithTheFile(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("mix.json"), text);
        assertThatThrownBy(() -> JobMix.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(expected)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void withoutAGapAllAreSubmittedAtOnce() {
        assertThat(mix(1, 2).plan(5, 0, 1)).extracting(MixedJob::submitSeconds).containsOnly(0.0);
    }

    @Test
    void whatIsNoTextIsToldInOneLine() throws IOException {
        Path file = Files.write(folder.resolve("mix.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> JobMix.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": expected a mix of jobs in JSON, found no UTF-8");
    }

    @Test
    void twoJobsOfOneNameAreRefused() {
        JobTemplate job = template(0, 1);
        assertThatThrownBy(() -> new JobMix("twice", List.of(job, job))).hasMessage("expected each job's name once");
    }

    private static JobMix mix(int... shares) {
        List<JobTemplate> jobs = new java.util.ArrayList<>();
        for (int share : shares) {
            jobs.add(template(jobs.size(), share));
        }
        return new JobMix("test", jobs);
    }

    private static JobTemplate template(int number, double share) {
        return new JobTemplate("job-" + number, JobClass.SHORT, Framework.SPARK, List.of(), List.of("pi"), share);
    }
}
