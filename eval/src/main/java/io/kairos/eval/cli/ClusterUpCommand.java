/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.DaemonSettings;
import io.kairos.eval.daemons.HadoopRelease;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos cluster up}. */
@Command(
        name = "up",
        sortOptions = false,
        description = "Starts a cluster of Hadoop's own daemons on this host and returns when it answers. It runs until"
                + " 'kairos cluster down'.")
final class ClusterUpCommand extends DaemonsCommand {
    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "One of fifo, capacity, fair, kairos, kairos-job (default: ${DEFAULT-VALUE}).")
    private String scheduler = "kairos";

    @Option(names = "--nodes", paramLabel = "N", description = "NodeManagers (default: ${DEFAULT-VALUE}).")
    private int nodes = 3;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Tasks a node runs at a time (default: ${DEFAULT-VALUE}).")
    private int slots = 2;

    @Option(
            names = "--queue-bound",
            paramLabel = "Q",
            description = "Tasks a node takes beyond its slots under kairos (default: ${DEFAULT-VALUE}).")
    private int queueBound = 4;

    @Option(
            names = "--task-memory",
            paramLabel = "MB",
            description = "Memory a node advertises for each task it may be given (default: ${DEFAULT-VALUE}).")
    private int taskMemoryMb = 1536;

    @Option(
            names = "--hadoop",
            paramLabel = "RELEASE",
            description = "Release of Hadoop, 3.5.0 or 3.4.3 (default: ${DEFAULT-VALUE}).")
    private String release = HadoopRelease.V3_5_0.label();

    @Option(names = "--ha", description = "Two ResourceManagers, and ZooKeeper.")
    private boolean highAvailability;

    @Option(
            names = "--hdfs",
            description = "Files are in HDFS, a NameNode and a DataNode, not in the host's file system.")
    private boolean hdfs;

    @Option(
            names = "--docker",
            description = "Run tasks in Docker containers; under kairos and kairos-job only, for stock YARN takes a"
                    + " setuid program for it. Files are in HDFS then, as containers do not see the host's.")
    private boolean docker;

    @Option(
            names = "--pauser",
            paramLabel = "NAME",
            description = "How tasks are paused: auto, cgroup, signal or docker (default: ${DEFAULT-VALUE}).")
    private String pauser = "auto";

    ClusterUpCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DaemonSettings settings = settings();
        if (settings.docker()) {
            DockerTasks.prepare();
        }
        cluster.writable(spec);
        common.check(spec);
        return alone(daemons -> up(daemons, settings));
    }

    private int up(DaemonCluster daemons, DaemonSettings settings) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Ending ending = new Ending("end-of-cluster", () -> tell("interrupted, ending what it started"))) {
            daemons.up(settings);
        }
        DaemonCluster.Status status = daemons.status().orElseThrow();
        common.writeJson(status);
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d nodes of Hadoop %s under %s, up after %.0f s%n",
                        nodes,
                        release,
                        scheduler,
                        (System.nanoTime() - start) / 1e9);
        ClusterStatusCommand.lines(status).forEach(console.out()::println);
        console.out().println("clients: export HADOOP_CONF_DIR=" + status.configuration());
        return 0;
    }

    private DaemonSettings settings() {
        Checks.range(spec, "--nodes", nodes, 1, 64);
        Checks.range(spec, "--slots", slots, 1, 256);
        Checks.range(spec, "--queue-bound", queueBound, 0, 256);
        Checks.range(spec, "--task-memory", taskMemoryMb, 128, 1 << 20);
        Checks.pauser(spec, pauser);
        SchedulerKind kind = parsed("--scheduler", () -> SchedulerKind.named(scheduler));
        boolean inDocker = docker || pauser.equals("docker");
        if (inDocker && (!kind.pauses() || pauser.equals("signal"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--docker with " + (kind.pauses() ? "--pauser signal" : "--scheduler " + scheduler)
                            + ": expected --scheduler kairos or kairos-job, and a pauser for containers");
        }
        return new DaemonSettings(
                parsed("--hadoop", () -> HadoopRelease.named(release)),
                kind,
                nodes,
                slots,
                queueBound,
                taskMemoryMb,
                highAvailability,
                hdfs || inDocker,
                inDocker,
                pauser);
    }

    private <T> T parsed(String option, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
