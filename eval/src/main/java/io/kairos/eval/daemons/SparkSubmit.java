/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How Spark jobs are submitted: by Spark's own program, unchanged, whose jars containers read where they are on this host. */
public final class SparkSubmit {
    private static final String JOBS = "io.kairos.workloads.spark.SparkJob";

    /** Options of spark-submit that take no value. */
    private static final Set<String> SWITCHES =
            Set.of("--verbose", "-v", "--supervise", "--help", "-h", "--version", "--usage-error");

    /** What Spark gives its own processes on Java 17; its start script does it for this one. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private final Installation installation;
    private final Libraries libraries;

    public SparkSubmit(Installation installation, Libraries libraries) {
        this.installation = installation;
        this.libraries = libraries;
    }

    /**
     * A client of the cluster with that configuration.
     *
     * @param arguments of spark-submit; a name in the place of the jar stands for a job of this project
     * @throws IllegalArgumentException one line: what is missing
     * @throws IOException one line: the libraries could not be fetched, or the jobs are not built
     */
    public JobClient client(Path configuration, List<String> arguments) throws IOException, InterruptedException {
        int job = indexOfJob(arguments);
        Path jars = libraries.fetch("spark");
        List<String> command = new ArrayList<>(List.of(Daemon.javaProgram(), "-Xmx1g"));
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "yarn",
                "--conf",
                "spark.yarn.jars=local:" + jars + "/*"));
        command.addAll(arguments.subList(0, job));
        if (arguments.get(job).endsWith(".jar")) {
            command.addAll(arguments.subList(job, arguments.size()));
        } else {
            command.addAll(List.of("--class", JOBS, installation.sparkJobs().toString()));
            command.addAll(arguments.subList(job, arguments.size()));
        }
        return new JobClient(
                command,
                Map.of(
                        "CLASSPATH", configuration + File.pathSeparator + jars + "/*",
                        "HADOOP_CONF_DIR", configuration.toString(),
                        "YARN_CONF_DIR", configuration.toString()));
    }

    /** Where the options end. */
    private static int indexOfJob(List<String> arguments) {
        int index = 0;
        while (index < arguments.size() && arguments.get(index).startsWith("-")) {
            String option = arguments.get(index);
            boolean complete = SWITCHES.contains(option) || (option.startsWith("--") && option.contains("="));
            index += complete ? 1 : 2;
        }
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("expected a job, such as pi, or a jar");
        }
        return index;
    }
}
