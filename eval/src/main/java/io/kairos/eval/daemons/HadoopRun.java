/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How the programs of Hadoop are run, with the libraries of the cluster's own release. */
public final class HadoopRun {
    private static final List<String> SMALL_PI = List.of("pi", "4", "1000");
    private static final String CLIENTS = "org.apache.hadoop.yarn.client.cli.";

    /** By the names that the scripts yarn and hadoop have for them. */
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of(
            "application", CLIENTS + "ApplicationCLI",
            "container", CLIENTS + "ApplicationCLI",
            "fs", "org.apache.hadoop.fs.FsShell",
            "logs", CLIENTS + "LogsCLI",
            "node", CLIENTS + "NodeCLI",
            "queue", CLIENTS + "QueueCLI",
            "rmadmin", CLIENTS + "RMAdminCLI"));

    /** Those that tell from their first argument what they are asked for. */
    private static final Set<String> NAMED = Set.of("application", "container");

    private final HadoopRelease release;
    private final Libraries libraries;

    /** @param release the cluster's */
    public HadoopRun(HadoopRelease release, Libraries libraries) {
        this.release = release;
        this.libraries = libraries;
    }

    /**
     * A MapReduce job on the cluster with that configuration.
     *
     * @param arguments a jar and what it takes; or one of Hadoop's examples and what that takes
     * @throws IllegalArgumentException one line: what is missing
     * @throws IOException one line: the libraries could not be fetched
     */
    public JobClient job(Path configuration, List<String> arguments) throws IOException, InterruptedException {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("expected a job, such as pi, or a jar");
        }
        List<String> command = new ArrayList<>();
        command.add("org.apache.hadoop.util.RunJar");
        if (!arguments.get(0).endsWith(".jar")) {
            command.add(examples(libraries.fetch(release.libraries())).toString());
        }
        command.addAll(arguments.equals(List.of("pi")) ? SMALL_PI : arguments);
        return java(configuration, command);
    }

    /**
     * One of Hadoop's own programs, for the cluster with that configuration.
     *
     * @param arguments its name and what it takes
     * @throws IllegalArgumentException one line that lists the known names
     * @throws IOException one line: the libraries could not be fetched
     */
    public JobClient program(Path configuration, List<String> arguments) throws IOException, InterruptedException {
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        String mainClass = PROGRAMS.get(name);
        if (mainClass == null) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", PROGRAMS.keySet())
                    + (name.isEmpty() ? "" : ", not '" + name + "'"));
        }
        List<String> command = new ArrayList<>(List.of(mainClass));
        command.addAll(arguments.subList(NAMED.contains(name) ? 0 : 1, arguments.size()));
        return java(configuration, command);
    }

    private JobClient java(Path configuration, List<String> program) throws IOException, InterruptedException {
        Path jars = libraries.fetch(release.libraries());
        List<String> command = new ArrayList<>(List.of(Daemon.javaProgram()));
        command.addAll(release.javaOptions());
        command.addAll(program);
        return new JobClient(
                command,
                Map.of(
                        "CLASSPATH",
                        configuration + File.pathSeparator + jars + "/*",
                        "HADOOP_CONF_DIR",
                        configuration.toString()));
    }

    private static Path examples(Path jars) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "hadoop-mapreduce-examples-*.jar")) {
            for (Path jar : found) {
                return jar;
            }
        }
        throw new IOException(jars + ": expected the jar of Hadoop's examples there");
    }
}
