/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * The main class of a job's master in a container of its own. It runs the job just as a master inside the replaying
 * process does, and writes its events to a file that the replaying process reads.
 */
public final class ReplayApplicationMaster {

    private static final int STARTING_THREADS = 2;

    private ReplayApplicationMaster() {}

    /** Runs one job; the only argument is the folder that describes it. */
    public static void main(String[] arguments) throws IOException, YarnException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("ReplayApplicationMaster: " + arguments.length + " arguments, expected a job's folder");
            System.exit(2);
        }
        ExecutorService starts = Executors.newFixedThreadPool(STARTING_THREADS);
        try {
            run(new MasterFolder(Path.of(arguments[0])), starts);
        } finally {
            starts.shutdownNow();
        }
    }

    private static void run(MasterFolder folder, ExecutorService starts)
            throws IOException, YarnException, InterruptedException {
        Configuration conf = folder.readConfiguration();
        // The container's own credentials hold the token that lets it register.
        MasterSession session = MasterSession.register(conf, UserGroupInformation.getCurrentUser());
        try (EventWriter events = new EventWriter(folder.events());
                JobMaster master = new JobMaster(
                        folder.readJob(),
                        folder.readSettings(),
                        session,
                        new ContainerStarter(conf, starts, ReplayApplicationMaster::wallClock),
                        EmulatedTask.installedIn(folder.scripts()),
                        events,
                        ReplayApplicationMaster::wallClock)) {
            for (long delay = master.step(); delay != JobMaster.OVER; delay = master.step()) {
                Thread.sleep(delay);
            }
        }
    }

    private static double wallClock() {
        return System.currentTimeMillis() / 1000.0;
    }
}
