/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code SparkJob NAME [--key value ...]}: runs one job in the session that spark-submit set up. It prints {@code result NAME
 * VALUE} and the counters on standard output; what went wrong is one line on standard error. The exit status is 0 if the
 * answer was right, 1 if it was wrong or Spark failed, 2 for a wrong use. One thread.
 */
public final class SparkJob {

    private static final Logger LOG = LoggerFactory.getLogger(SparkJob.class);

    private final Sessions sessions;
    private final PrintStream out;

    SparkJob(Sessions sessions, PrintStream out) {
        this.sessions = sessions;
        this.out = out;
    }

    public static void main(String[] args) {
        try {
            new SparkJob(Sessions.submitted(), System.out).run(args);
        } catch (JobFailureException failure) {
            System.err.println(failure.getMessage());
            // There YARN reports what main throws; an exit would look like a crash of the application master.
            if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
                throw failure;
            }
            System.exit(failure.status());
        }
    }

    /** @throws JobFailureException if the use was wrong, the answer was wrong or Spark failed */
    void run(String... args) {
        if (List.of(args).equals(List.of("--help"))) {
            out.print(JobKind.help());
            return;
        }
        JobKind kind = JobKind.named(args);
        Arguments arguments = kind.parse(args);
        CheckedJob job = kind.create(arguments);
        try {
            run(kind.word(), job, arguments.count(CommonOptions.ROUNDS));
        } catch (WrongAnswerException answer) {
            throw JobFailureException.wrongAnswer(kind.word(), answer);
        } catch (Exception failure) {
            LOG.error("{} failed", kind.word(), failure);
            throw JobFailureException.failed(kind.word(), failure);
        }
    }

    private void run(String name, CheckedJob job, int rounds) {
        SparkSession session = sessions.open(name);
        Counters counters = new Counters();
        session.sparkContext().addSparkListener(counters);
        long begin = System.nanoTime();
        try {
            long value = 0;
            for (int round = 0; round < rounds; round++) {
                value += job.run(session, round);
            }
            out.println("result " + name + " " + job.print(value));
        } finally {
            double seconds = (System.nanoTime() - begin) / 1e9;
            sessions.close(session);
            out.println(counters.line(seconds));
        }
    }
}
