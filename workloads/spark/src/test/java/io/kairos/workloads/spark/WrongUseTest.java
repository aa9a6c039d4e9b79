/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUseTest {

    /** Whoever asks for a session has not noticed the wrong use. */
    private static final Sessions NONE = new Sessions() {
        @Override
        public SparkSession open(String job) {
            throw new AssertionError("asked for a session");
        }

        @Override
        public void close(SparkSession session) {
            throw new AssertionError("none was opened");
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                         | SparkJob: '', expected NAME [--key value ...] with one of pi, sort, aggregate, iterate, broadcast, sql as NAME, or --help
            wordcount                  | SparkJob: 'wordcount', expected NAME [--key value ...] with one of pi, sort, aggregate, iterate, broadcast, sql as NAME, or --help
            pi --slices                | SparkJob pi: --slices: expected a value after it
            pi --slices 0              | SparkJob pi: --slices: '0', expected a whole number from 1 to 100000
            pi --slices 1.5            | SparkJob pi: --slices: '1.5', expected a whole number from 1 to 100000
            pi --slices many           | SparkJob pi: --slices: 'many', expected a whole number from 1 to 100000
            pi --slices 2 --slices 2   | SparkJob pi: --slices: given twice, expected once
            pi --records 5             | SparkJob pi: '--records': expected one of --slices, --samples, --seed, --rounds, --partitions, --corrupt
            pi --slices 2 3            | SparkJob pi: '3': expected one of --slices, --samples, --seed, --rounds, --partitions, --corrupt
            pi 5                       | SparkJob pi: '5': expected --key value
            sort --corrupt yes         | SparkJob sort: --corrupt: 'yes', expected true or false
            aggregate --sleep -1       | SparkJob aggregate: --sleep: '-1', expected a number from 0 to 86400
            aggregate --sleep NaN      | SparkJob aggregate: --sleep: 'NaN', expected a number from 0 to 86400
            sql                        | SparkJob sql: '': expected all or one of Q1.1, Q1.2, Q1.3, Q2.1, Q2.2, Q2.3, Q3.1, Q3.2, Q3.3, Q3.4, Q4.1, Q4.2, Q4.3
            sql Q5.1 --scale 1         | SparkJob sql: 'Q5.1': expected all or one of Q1.1, Q1.2, Q1.3, Q2.1, Q2.2, Q2.3, Q3.1, Q3.2, Q3.3, Q3.4, Q4.1, Q4.2, Q4.3
            sql all Q1.1               | SparkJob sql: 'all Q1.1': expected all or one of Q1.1, Q1.2, Q1.3, Q2.1, Q2.2, Q2.3, Q3.1, Q3.2, Q3.3, Q3.4, Q4.1, Q4.2, Q4.3
            sql all --scale 1e9        | SparkJob sql: --scale: '1e9', expected a number from 0.0001 to 100
            """)
    void isOneLineThatSaysWhatWasExpected(String command, String line) {
        JobFailureException failure = failure(command.split(" "));
        assertThat(failure.status()).isEqualTo(2);
        assertThat(failure).hasMessage(line);
    }

    @Test
    void noArgumentsAtAllAreOneLineToo() {
        assertThat(failure().getMessage())
                .startsWith("SparkJob: nothing, expected NAME")
                .doesNotContain("\n");
    }

    private static JobFailureException failure(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return catchThrowableOfType(JobFailureException.class, () -> new SparkJob(NONE, nowhere).run(arguments));
    }
}
