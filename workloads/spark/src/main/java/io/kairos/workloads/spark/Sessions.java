/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Where a job's session comes from, and what becomes of it. */
interface Sessions {

    SparkSession open(String job);

    /** Called once the job is done with it. When it returns all events of the job have reached its listeners. */
    void close(SparkSession session);

    /** The session of this process, as spark-submit has set it up: its master, its name and all else are left as they are. */
    static Sessions submitted() {
        return new Sessions() {
            @Override
            public SparkSession open(String job) {
                SparkConf conf = new SparkConf().setIfMissing("spark.app.name", job);
                return SparkSession.builder().config(conf).getOrCreate();
            }

            @Override
            public void close(SparkSession session) {
                session.stop();
            }
        };
    }
}
