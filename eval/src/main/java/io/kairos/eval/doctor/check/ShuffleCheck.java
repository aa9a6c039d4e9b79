/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.SparkLine;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.doctor.site.SparkDefaults;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Who serves what tasks have shuffled, while the task that wrote it may be paused. */
final class ShuffleCheck implements Check {
    static final Rule MAPREDUCE = Rule.error(
            "mapreduce-shuffle-missing",
            "MapReduce runs on YARN, and mapreduce_shuffle is not among the NodeManagers' services.",
            "Every MapReduce job fails at its first task.",
            "The property with the service.");
    static final Rule SPARK = Rule.error(
            "spark-shuffle-missing",
            "Spark is to use its shuffle service, and spark_shuffle is not among the NodeManagers' services.",
            "Executors cannot register with it: every Spark job fails.",
            "The property with the service, and those for its class.");
    static final Rule SPARK_CLASS = Rule.error(
            "spark-shuffle-class-missing",
            "spark_shuffle is among the NodeManagers' services, and its class is not set.",
            "The NodeManager does not start.",
            "The property with the class.");
    static final Rule SPARK_PATH = Rule.error(
            "spark-shuffle-class-path",
            "Nothing says where the classes of spark_shuffle are.",
            "The NodeManager does not start: it finds no such class.",
            "The property with the folder of Spark's yarn-shuffle jar.");
    static final Rule DYNAMIC = Rule.warning(
            "spark-dynamic-without-shuffle",
            "Spark's dynamic allocation is on, its shuffle service is not.",
            "Before Spark 3.4 it refuses to start. Later, executors with shuffled data are kept, and while one is paused nobody"
                    + " can read them.",
            "The line of spark-defaults.conf, and what the service lacks.");
    static final Rule FROM_PAUSED = Rule.advice(
            "spark-shuffle-from-paused",
            "Spark's shuffle service is off, and paused tasks are frozen.",
            "Who reads shuffled data of a paused executor waits for its next pulses: 29 to 91 s were measured instead of 0.4.",
            "The line of spark-defaults.conf, and what the service lacks.");

    private static final String SERVICES = YarnConfiguration.NM_AUX_SERVICES;
    private static final String SPARK_NAME = "spark.shuffle.service.name";
    private static final String USUAL_SPARK_SERVICE = "spark_shuffle";
    private static final String SPARK_CLASS_PATH = "/opt/spark/yarn/*";
    private static final String MAPREDUCE_SERVICE = "mapreduce_shuffle";
    private static final String SPARK_CLASS_NAME = "org.apache.spark.network.yarn.YarnShuffleService";
    private static final String ENABLED = "spark.shuffle.service.enabled";
    private static final String DYNAMIC_ENABLED = "spark.dynamicAllocation.enabled";

    @Override
    public String subject() {
        return "shuffle services";
    }

    @Override
    public List<Rule> rules() {
        return List.of(MAPREDUCE, SPARK, SPARK_CLASS, SPARK_PATH, DYNAMIC, FROM_PAUSED);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofNodes(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        List<String> services = List.of(files.daemons().getTrimmedStrings(SERVICES));
        if (files.tasks().getTrimmed("mapreduce.framework.name", "local").equals("yarn")
                && !services.contains(MAPREDUCE_SERVICE)) {
            notes.found(
                    MAPREDUCE,
                    files.told(SERVICES) + ", mapred-site.xml has mapreduce.framework.name yarn",
                    add(files, services, MAPREDUCE_SERVICE));
        }
        String service = files.spark()
                .value()
                .map(spark -> spark.get(SPARK_NAME, USUAL_SPARK_SERVICE))
                .orElse(USUAL_SPARK_SERVICE);
        files.spark()
                .value()
                .ifPresent(spark -> examineSpark(patient, spark, lacking(patient, services, service), plan, notes));
        if (services.contains(service)) {
            examineService(patient, service, notes);
        }
    }

    /** @param lacking what keeps Spark's service from running */
    private static void examineSpark(
            Patient patient, SparkDefaults spark, List<Change> lacking, NodePlan plan, Notes notes) {
        List<Change> on = new ArrayList<>(lacking);
        on.add(new SparkLine(spark.name(), ENABLED, "true"));
        SiteFiles files = patient.files();
        if (spark.is(ENABLED, false)) {
            String service = spark.get(SPARK_NAME, USUAL_SPARK_SERVICE);
            if (!List.of(files.daemons().getTrimmedStrings(SERVICES)).contains(service)) {
                notes.found(
                        SPARK,
                        files.told(SERVICES) + ", " + spark.told(ENABLED, "false"),
                        lacking.toArray(Change[]::new));
            }
        } else if (spark.is(DYNAMIC_ENABLED, false)) {
            notes.found(
                    DYNAMIC,
                    spark.told(DYNAMIC_ENABLED, "false") + ", " + ENABLED + " is not",
                    on.toArray(Change[]::new));
        } else if (!plan.isThrottling()) {
            notes.found(FROM_PAUSED, spark.told(ENABLED, "false"), on.toArray(Change[]::new));
        }
    }

    private static void examineService(Patient patient, String service, Notes notes) {
        SiteFiles files = patient.files();
        if (files.daemons().getTrimmed(typeKey(service), "").isEmpty()) {
            notes.found(SPARK_CLASS, files.told(typeKey(service)), type(files, service));
        }
        if (!files.daemons().getTrimmed(pathKey(service), "").isEmpty()) {
            return;
        }
        if (patient.classPath().value().isEmpty()) {
            notes.unchecked(
                    "the class path of spark_shuffle", patient.classPath().whyNot());
        } else if (!patient.classPath().value().get().sparkShuffle()) {
            notes.found(
                    SPARK_PATH,
                    files.told(pathKey(service)) + ", and no yarn-shuffle jar of Spark is on the daemons' class path",
                    path(files, service));
        }
    }

    /** All that Spark's service lacks; without any of it, jobs that want it fail or NodeManagers do not start. */
    private static List<Change> lacking(Patient patient, List<String> services, String service) {
        SiteFiles files = patient.files();
        List<Change> changes = new ArrayList<>();
        if (!services.contains(service)) {
            changes.add(add(files, services, service));
        }
        if (files.daemons().getTrimmed(typeKey(service), "").isEmpty()) {
            changes.add(type(files, service));
        }
        boolean found =
                patient.classPath().value().filter(ClassPath::sparkShuffle).isPresent();
        if (files.daemons().getTrimmed(pathKey(service), "").isEmpty() && !found) {
            changes.add(path(files, service));
        }
        return changes;
    }

    private static String typeKey(String service) {
        return SERVICES + "." + service + ".class";
    }

    private static String pathKey(String service) {
        return SERVICES + "." + service + ".classpath";
    }

    private static Property type(SiteFiles files, String service) {
        String key = typeKey(service);
        return Mend.to(files, key, SPARK_CLASS_NAME);
    }

    private static Property path(SiteFiles files, String service) {
        String key = pathKey(service);
        return Mend.to(files, key, SPARK_CLASS_PATH);
    }

    private static Property add(SiteFiles files, List<String> services, String service) {
        String all = services.isEmpty() ? service : String.join(",", services) + "," + service;
        return Mend.to(files, SERVICES, all);
    }
}
