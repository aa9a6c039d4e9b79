/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.SparkLine;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFiles;
import java.util.List;

/** Whether applications take paused tasks for slow ones and start them a second time. */
final class SpeculationCheck implements Check {
    static final Rule SPARK = Rule.warning(
            "spark-speculation",
            "Spark's speculation is on.",
            "A paused task looks like a slow one: Spark starts it a second time, and both take slots.",
            "The line of spark-defaults.conf.");
    static final Rule MAPREDUCE = Rule.warning(
            "mapreduce-speculation",
            "MapReduce's speculation is on, as it is where nothing is set.",
            "A paused task looks like a slow one: MapReduce starts it a second time, and both take slots.",
            "The property that switches it off.");

    private static final String SPARK_KEY = "spark.speculation";
    private static final List<String> MAPREDUCE_KEYS =
            List.of("mapreduce.map.speculative", "mapreduce.reduce.speculative");

    @Override
    public String subject() {
        return "speculation";
    }

    @Override
    public List<Rule> rules() {
        return List.of(SPARK, MAPREDUCE);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        files.spark()
                .value()
                .filter(spark -> spark.is(SPARK_KEY, false))
                .ifPresent(spark -> notes.found(
                        SPARK, spark.told(SPARK_KEY, "false"), new SparkLine(spark.name(), SPARK_KEY, "false")));
        if (!files.mapred().isPresent()) {
            notes.unchecked("MapReduce's settings", "there is no " + SiteFiles.MAPRED + " in the folder");
            return;
        }
        for (String key : MAPREDUCE_KEYS) {
            if (files.tasks().getBoolean(key, true)) {
                notes.found(
                        MAPREDUCE,
                        files.mapred().told(key, files.tasks()),
                        new Property(SiteFiles.MAPRED, key, "false"));
            }
        }
    }
}
