/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder of Hadoop's configuration, and what else is set in files. Values are those of the daemons: the files over Hadoop's own
 * defaults. Immutable, if nobody changes its configurations.
 */
public final class SiteFiles {
    /** Hadoop's files by their names. */
    public static final String YARN = "yarn-site.xml";

    public static final String CORE = "core-site.xml";
    public static final String MAPRED = "mapred-site.xml";
    public static final String QUEUES = "capacity-scheduler.xml";
    public static final String POLICY = "hadoop-policy.xml";
    public static final String YARN_SCRIPT = "yarn-env.sh";
    public static final String HADOOP_SCRIPT = "hadoop-env.sh";

    private final Path folder;
    private final SiteFile core;
    private final SiteFile yarn;
    private final SiteFile mapred;
    private final SiteFile queues;
    private final SiteFile policy;
    private final String scripts;
    private final Configuration daemons;
    private final Configuration scheduler;
    private final Configuration tasks;
    private final Known<SparkDefaults> spark;
    private final Known<DockerDaemon> docker;

    private SiteFiles(Path folder, Known<SparkDefaults> spark, Known<DockerDaemon> docker) throws SiteException {
        this.folder = folder;
        this.core = SiteFile.read(folder, CORE);
        this.yarn = SiteFile.read(folder, YARN);
        this.mapred = SiteFile.read(folder, MAPRED);
        this.queues = SiteFile.read(folder, QUEUES);
        this.policy = SiteFile.read(folder, POLICY);
        this.scripts = script(folder.resolve(HADOOP_SCRIPT)) + "\n" + script(folder.resolve(YARN_SCRIPT));
        this.daemons = over(List.of("core-default.xml", "yarn-default.xml"), core, yarn);
        this.scheduler = over(List.of("core-default.xml", "yarn-default.xml"), core, yarn, queues);
        this.tasks = over(List.of("core-default.xml", "mapred-default.xml"), core, mapred);
        this.spark = spark;
        this.docker = docker;
    }

    /** @throws SiteException one line: which file, and what was expected */
    public static SiteFiles read(Path folder, Known<SparkDefaults> spark, Known<DockerDaemon> docker)
            throws SiteException {
        if (!Files.isDirectory(folder)) {
            throw new SiteException(folder + ": " + (Files.exists(folder) ? "no folder" : "no such folder")
                    + "; expected one with the cluster's " + YARN);
        }
        if (!Files.exists(folder.resolve(YARN))) {
            throw new SiteException(folder + ": no " + YARN + " in it; expected the cluster's configuration");
        }
        return new SiteFiles(folder, spark, docker);
    }

    private static Configuration over(List<String> defaults, SiteFile... files) {
        Configuration whole = new Configuration(false);
        defaults.forEach(whole::addResource);
        for (SiteFile file : files) {
            file.addTo(whole);
        }
        return whole;
    }

    private static String script(Path file) throws SiteException {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new SiteException(file + ": no permission, or no file; expected one that can be read", e);
        }
    }

    public Path folder() {
        return folder;
    }

    public SiteFile yarn() {
        return yarn;
    }

    public SiteFile core() {
        return core;
    }

    public SiteFile mapred() {
        return mapred;
    }

    public SiteFile queues() {
        return queues;
    }

    public SiteFile policy() {
        return policy;
    }

    /** What hadoop-env.sh and yarn-env.sh do, without what is a comment there; empty where there are none. */
    public List<String> scriptLines() {
        return scripts.replace("\\\n", " ")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** What a ResourceManager and a NodeManager read. */
    public Configuration daemons() {
        return daemons;
    }

    /** What the scheduler reads: the same with the queues. */
    public Configuration scheduler() {
        return scheduler;
    }

    /** What MapReduce reads. */
    public Configuration tasks() {
        return tasks;
    }

    public Known<SparkDefaults> spark() {
        return spark;
    }

    public Known<DockerDaemon> docker() {
        return docker;
    }

    /** The file that sets a daemon's key, or the one in which it belongs. */
    public SiteFile fileOf(String key) {
        return !yarn.isSet(key) && core.isSet(key) ? core : yarn;
    }

    /** Whether a file sets a daemon's key. */
    public boolean isSet(String key) {
        return yarn.isSet(key) || core.isSet(key);
    }

    /** In a few words, what is said of a daemon's key and where. */
    public String told(String key) {
        return fileOf(key).told(key, daemons);
    }

    /** The files that are there, by name. */
    public List<String> present() {
        List<String> names = new ArrayList<>();
        for (SiteFile file : List.of(yarn, core, mapred, queues, policy)) {
            if (file.isPresent()) {
                names.add(file.name());
            }
        }
        return names;
    }
}
