/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;

/** One session in this process for all tests: two tasks at a time, each tried up to four times. */
public final class LocalSpark implements Sessions {

    public static SparkSession session() {
        return SparkSession.builder()
                .master("local[2,4]")
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    @Override
    public SparkSession open(String job) {
        return session();
    }

    /** Leaves it open, for the next test. */
    @Override
    public void close(SparkSession session) {
        waitForListeners();
    }

    static void waitForListeners() {
        try {
            session().sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
