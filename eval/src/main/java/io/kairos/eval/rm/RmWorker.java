/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.varia.NullAppender;

/**
 * One scheduler in a process of its own, so that no scheduler's warm-up serves another. Reads commands from its input, a line
 * each, and answers each with a line that begins with {@link #ANSWER}; between them it does as good as nothing.
 */
public final class RmWorker {
    static final String ROUND = "round";
    static final String WARM_UP = "warm-up";
    static final String CHURN = "churn";
    static final String ANSWER = "@kairos ";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private RmWorker() {}

    /** @param arguments scheduler, nodes, seed, an existing folder for files */
    public static void main(String[] arguments) throws IOException {
        silence();
        SchedulerUnderTest kind = SchedulerUnderTest.named(arguments[0]);
        YarnConfiguration configuration = new YarnConfiguration();
        Path folder = Path.of(arguments[3]);
        configuration.set("hadoop.tmp.dir", folder.toString());
        kind.configure(configuration, Files.createDirectories(folder));
        try (InProcessCluster cluster = new InProcessCluster(configuration)) {
            // The ResourceManager's tests would set it otherwise, and so do its daemons' configurations.
            Logger.getRootLogger().setLevel(Level.OFF);
            SchedulingRounds rounds = new SchedulingRounds(kind, cluster, Integer.parseInt(arguments[1]));
            serve(rounds, Long.parseLong(arguments[2]), kind);
        }
        // Whatever threads the ResourceManager may have left.
        System.exit(0);
    }

    private static void serve(SchedulingRounds rounds, long seed, SchedulerUnderTest kind) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        IdleThreads threads = new IdleThreads(kind == SchedulerUnderTest.CAPACITY_ASYNC);
        threads.rest();
        answer("ready");
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            threads.work();
            Object found =
                    switch (command) {
                        case WARM_UP -> {
                            rounds.warmUp();
                            yield "warm";
                        }
                        case ROUND -> rounds.round();
                        case CHURN -> rounds.churn(seed);
                        default -> throw new IllegalArgumentException("unknown command " + command);
                    };
            threads.rest();
            answer(found);
        }
    }

    private static void answer(Object found) throws IOException {
        System.out.println(ANSWER + JSON.writeValueAsString(found));
        System.out.flush();
    }

    private static void silence() {
        System.setProperty("log4j.defaultInitOverride", "true");
        LogManager.getLogManager().reset();
        Logger.getRootLogger().removeAllAppenders();
        Logger.getRootLogger().addAppender(new NullAppender());
        Logger.getRootLogger().setLevel(Level.OFF);
    }
}
