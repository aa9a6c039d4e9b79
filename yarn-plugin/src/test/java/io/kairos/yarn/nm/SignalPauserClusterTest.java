/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.testing.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.SignalContainerCommand;
import org.junit.jupiter.api.Test;

/** A real NodeManager that pauses by the pauser signal; and, as no pauser has a part in it, what it knows of its tasks' silence. */
class SignalPauserClusterTest extends PausingContract {
    /** Within less than the usual interval. */
    private static final Duration SOON = Duration.ofSeconds(25);

    SignalPauserClusterTest() {
        super("signal");
    }

    @Override
    void configure(Configuration configuration) {
        // Pulses take at most a tenth of a pause.
        configuration.setInt(NodeManagerKeys.KEEP_ALIVE_PULSE.name(), 50);
    }

    @Test
    void aTaskWhoseEnvironmentLimitsItsSilenceIsThawedMoreOften() throws Exception {
        ContainerLaunchContext launch = TestApplication.launch(scripts().counter("silent"));
        launch.setEnvironment(Map.of(SilenceLimits.VARIABLE, "4000"));
        awaitPulses(launch);
    }

    @Test
    void aTaskWhoseJobLimitsItsSilenceIsThawedMoreOften() throws Exception {
        awaitPulses(TestApplication.launch("mkdir __spark_conf__; echo spark.network.timeout=4s >"
                + " __spark_conf__/__spark_conf__.properties; " + scripts().counter("silent")));
    }

    @Test
    void aTaskThatOutlivesASignalIsPausedAgainAndEndsWell() throws Exception {
        Container deaf = start("trap '' TERM; " + scripts().counter("deaf"));
        TestApplication.await(() -> scripts().outputLines("deaf").size() > 2);
        List<Container> lasting = startLasting();
        TestApplication.await(() -> log().count("PAUSE", deaf) == 1);

        application().signal(deaf, SignalContainerCommand.GRACEFUL_SHUTDOWN);
        TestApplication.await(() -> log().count("PAUSE", deaf) == 2);
        for (Container task : lasting) {
            assertThat(log().count("PAUSE", task)).isZero();
        }

        scripts().stopCounting();
        assertThat(application().awaitCompleted(deaf.getId()).getExitStatus()).isZero();
        scripts().assertCountedExactly("deaf");
    }

    private void awaitPulses(ContainerLaunchContext launch) throws Exception {
        Container silent = startAsItIs(launch);
        TestApplication.await(() -> scripts().outputLines("silent").size() > 2);
        startLasting();
        TestApplication.await(SOON, () -> log().count("PULSE_START", silent) >= 3);
    }
}
