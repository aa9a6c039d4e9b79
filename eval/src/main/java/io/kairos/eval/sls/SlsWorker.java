/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.LogManager;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.log4j.ConsoleAppender;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;

/** One run in the simulator, in a process of its own. Writes what it found to a file and exits. */
public final class SlsWorker {
    static final String FIGURES = "figures.json";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private SlsWorker() {}

    /** @param arguments scheduler, workload, time limit in seconds, an existing folder for files */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ClassNotFoundException, YarnException {
        logErrorsOnly();
        endWithParent();
        SchedulerInSimulator kind = SchedulerInSimulator.labelled(arguments[0]);
        Path folder = Path.of(arguments[3]);
        YarnConfiguration configuration = new YarnConfiguration();
        configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
        kind.configure(configuration);
        // The ResourceManager asks for names as its process was started, not as it is configured.
        SecurityUtil.setConfiguration(configuration);
        // The simulator hands it what one of its threads died of, without asking whether there is one.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> error.printStackTrace());
        SlsRun found = new Simulation(configuration)
                .run(kind, Path.of(arguments[1]), folder, Duration.ofSeconds(Long.parseLong(arguments[2])));
        JSON.writeValue(folder.resolve(FIGURES).toFile(), found);
        // The simulator's threads and the ResourceManager's go on.
        Runtime.getRuntime().halt(0);
    }

    /** Its input ends when the process ends that started this one, however that comes about. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // As good as an end.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Else a ResourceManager writes several lines a container, and the schedulers not equally many. */
    private static void logErrorsOnly() {
        System.setProperty("log4j.defaultInitOverride", "true");
        LogManager.getLogManager().reset();
        Logger.getRootLogger().removeAllAppenders();
        Logger.getRootLogger()
                .addAppender(new ConsoleAppender(new PatternLayout("%p %c{1}: %m%n"), ConsoleAppender.SYSTEM_ERR));
        Logger.getRootLogger().setLevel(Level.ERROR);
    }
}
