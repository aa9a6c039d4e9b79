/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.ScriptLine;
import io.kairos.eval.doctor.Change.Step;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.doctor.site.SiteFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which Hadoop it is, and the faults that are known of it. */
final class HadoopCheck implements Check {
    static final Rule UNSUPPORTED = Rule.error(
            "hadoop-unsupported",
            "Hadoop is older than 3.4.",
            "Kairos uses what that version does not have: the daemons do not start, or lose containers.",
            "One of the versions that Kairos is tested with.");
    static final Rule UNTESTED = Rule.warning(
            "hadoop-untested",
            "Hadoop is neither 3.5.0 nor 3.4.3.",
            "Kairos stands on YARN's inner classes, which other versions may have changed; nobody has tried.",
            "One of the versions that Kairos is tested with.");
    static final Rule DIFFER = Rule.warning(
            "hadoop-versions-differ",
            "A node, or the class path, has another version of Hadoop than the ResourceManager.",
            "Meant for the time of an upgrade alone: jars of two versions on one class path meet, and a node may behave"
                    + " unlike the others.",
            "The same version there.");
    static final Rule OPENS = Rule.error(
            "java-add-opens",
            "Hadoop 3.4 runs on Java 17 or later, and its daemons are not given --add-opens.",
            "The ResourceManager's web pages fail, or the daemon does not start: Hadoop 3.4 looks into classes that Java 17"
                    + " closes.",
            "The lines of yarn-env.sh.");
    static final Rule JAVA = Rule.error(
            "java-too-old",
            "The ResourceManager runs on a Java before 17.",
            "Kairos' classes cannot be loaded.",
            "The line of hadoop-env.sh with a JDK 17.");

    private static final List<String> TESTED = List.of("3.5.0", "3.4.3");
    private static final String OPTION = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final int LEAST_JAVA = 17;

    /** The variables that reach a daemon, for each of the two. */
    private static final Map<String, List<String>> VARIABLES = daemons();

    @Override
    public String subject() {
        return "Hadoop and Java";
    }

    @Override
    public List<Rule> rules() {
        return List.of(UNSUPPORTED, UNTESTED, DIFFER, OPENS, JAVA);
    }

    private static Map<String, List<String>> daemons() {
        Map<String, List<String>> variables = new LinkedHashMap<>();
        List<String> all = List.of("HADOOP_OPTS", "YARN_OPTS");
        for (String own : List.of("YARN_RESOURCEMANAGER_OPTS", "YARN_NODEMANAGER_OPTS")) {
            List<String> reaching = new ArrayList<>(all);
            reaching.add(own);
            variables.put(own, reaching);
        }
        return variables;
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        Optional<Cluster> cluster = patient.cluster().value();
        Optional<ClassPath> classPath = patient.classPath().value();
        cluster.ifPresentOrElse(
                one -> examineJava(one, notes),
                () -> notes.unchecked("the daemons' Java", "no ResourceManager answers"));
        Optional<String> version = cluster.map(one -> one.resourceManager().hadoop())
                .filter(text -> !text.isEmpty())
                .or(() -> classPath.flatMap(one -> one.hadoop().stream().findFirst()));
        if (version.isEmpty()) {
            notes.unchecked(
                    "Hadoop's version",
                    "no ResourceManager answers, and "
                            + (classPath.isEmpty()
                                    ? patient.classPath().whyNot()
                                    : "its jars are not on the class path"));
            return;
        }
        examineVersion(version.get(), notes);
        examineOthers(version.get(), cluster, classPath, notes);
        if (version.get().startsWith("3.4.")) {
            examineOpens(patient.files(), version.get(), notes);
        }
    }

    private static void examineVersion(String version, Notes notes) {
        Step step = new Step("install Hadoop " + String.join(" or ", TESTED));
        if (isBefore34(version)) {
            notes.found(UNSUPPORTED, "Hadoop is " + version, step);
        } else if (TESTED.stream().noneMatch(version::startsWith)) {
            notes.found(UNTESTED, "Hadoop is " + version, step);
        }
    }

    private static boolean isBefore34(String version) {
        String[] parts = version.split("[.-]", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            return major < 3 || (major == 3 && parts.length > 1 && Integer.parseInt(parts[1]) < 4);
        } catch (NumberFormatException e) {
            return false; // a site's own name
        }
    }

    private static void examineOthers(
            String version, Optional<Cluster> cluster, Optional<ClassPath> classPath, Notes notes) {
        Step step = new Step("install Hadoop " + version + " there and take the other one away");
        cluster.ifPresent(one -> one.resourceManager().nodes().forEach((node, other) -> {
            if (!other.isEmpty() && !other.equals(version)) {
                notes.found(DIFFER, node + " runs Hadoop " + other + ", the ResourceManager " + version, step);
            }
        }));
        classPath.ifPresent(one -> one.hadoop().stream()
                .filter(other -> !other.equals(version))
                .forEach(other -> notes.found(
                        DIFFER,
                        "'" + one.source() + "' has jars of Hadoop " + other + ", "
                                + (cluster.isPresent() ? "the ResourceManager runs " : "and of ") + version,
                        step)));
    }

    private static void examineJava(Cluster cluster, Notes notes) {
        String text = cluster.resourceManager().java();
        String number = text.startsWith("1.") ? text.substring(2) : text;
        if (number.matches("\\d{1,4}") && Integer.parseInt(number) < LEAST_JAVA) {
            notes.found(
                    JAVA,
                    "the ResourceManager runs on Java " + text,
                    new ScriptLine(SiteFiles.HADOOP_SCRIPT, "export JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64"));
        }
    }

    private static void examineOpens(SiteFiles files, String version, Notes notes) {
        List<String> missing = VARIABLES.entrySet().stream()
                .filter(daemon -> !isGiven(files, daemon.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            notes.found(
                    OPENS,
                    "Hadoop is " + version + ", and neither " + SiteFiles.YARN_SCRIPT + " nor "
                            + SiteFiles.HADOOP_SCRIPT + " gives the option to " + String.join(" and ", missing),
                    missing.stream()
                            .map(variable -> new ScriptLine(SiteFiles.YARN_SCRIPT, variable + "+=\" " + OPTION + "\""))
                            .toArray(Change[]::new));
        }
    }

    private static boolean isGiven(SiteFiles files, List<String> variables) {
        return files.scriptLines().stream()
                .filter(line -> line.contains("java.base/java.lang=ALL-UNNAMED"))
                .anyMatch(line -> variables.stream()
                        .anyMatch(variable -> line.contains(variable + "=") || line.contains(variable + "+=")));
    }
}
