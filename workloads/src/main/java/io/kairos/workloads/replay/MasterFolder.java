/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * The files a replaying process and the master it has put into a container share, on one host: in it goes the job, the
 * configuration and how to start Java; out come the events.
 */
record MasterFolder(Path folder) {

    private static final int SMALLEST_HEAP_MB = 48;

    /** Where the tasks' script lies: beside the folders of all jobs. */
    Path scripts() {
        return folder.resolveSibling(".").normalize();
    }

    Path events() {
        return folder.resolve("events");
    }

    Path javaArguments() {
        return folder.resolve("java.args");
    }

    /** Creates the folder with all a master needs. */
    void write(Job job, ReplaySettings settings, Configuration conf) throws IOException {
        Files.createDirectories(folder);
        Files.createFile(events());
        writeJob(job, settings);
        try (OutputStream out = Files.newOutputStream(configuration())) {
            conf.writeXml(out);
        }
        Files.writeString(
                javaArguments(),
                String.join(
                        "\n",
                        "-Xmx" + Math.max(SMALLEST_HEAP_MB, settings.masterMemoryMb() / 4) + "m",
                        // It lives for seconds and mostly waits: quick to start matters, quick in the end does not.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        quoted(absoluteClassPath()),
                        ReplayApplicationMaster.class.getName(),
                        quoted(folder.toString())),
                StandardCharsets.UTF_8);
    }

    Configuration readConfiguration() {
        Configuration conf = new YarnConfiguration();
        conf.addResource(new org.apache.hadoop.fs.Path(configuration().toUri()));
        return conf;
    }

    Job readJob() throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(job()))) {
            int id = in.readInt();
            String name = in.readUTF();
            double submitTime = in.readDouble();
            JobClass jobClass = JobClass.valueOf(in.readUTF());
            List<Stage> stages = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                double[] durations = new double[in.readInt()];
                for (int task = 0; task < durations.length; task++) {
                    durations[task] = in.readDouble();
                }
                stages.add(Stage.of(durations));
            }
            return new Job(id, name, submitTime, jobClass, stages);
        }
    }

    /** What of the settings a master needs; the rest is at its default. */
    ReplaySettings readSettings() throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(settings()))) {
            return ReplaySettings.DEFAULTS
                    .withTaskMemoryMb(in.readInt())
                    .withHeartbeat(Duration.ofMillis(in.readLong()))
                    .withAttemptsPerTask(in.readInt());
        }
    }

    private void writeJob(Job job, ReplaySettings settings) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(settings()))) {
            out.writeInt(settings.taskMemoryMb());
            out.writeLong(settings.heartbeat().toMillis());
            out.writeInt(settings.attemptsPerTask());
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(job()))) {
            out.writeInt(job.id());
            out.writeUTF(job.name());
            out.writeDouble(job.submitTime());
            out.writeUTF(job.jobClass().name());
            out.writeInt(job.stages().size());
            for (Stage stage : job.stages()) {
                out.writeInt(stage.taskCount());
                for (int task = 0; task < stage.taskCount(); task++) {
                    out.writeDouble(stage.duration(task));
                }
            }
        }
    }

    private Path job() {
        return folder.resolve("job");
    }

    private Path settings() {
        return folder.resolve("settings");
    }

    private Path configuration() {
        return folder.resolve("configuration.xml");
    }

    /** The master starts in a folder of its own, where relative entries would mean something else. */
    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
