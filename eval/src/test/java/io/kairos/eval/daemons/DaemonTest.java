/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Daemon shell(Path folder, String script) {
        return new Daemon(
                "shell",
                folder.toString(),
                List.of("setsid", "bash", "-c", script, folder.toString()),
                Map.of("GREETING", "hello"),
                folder.resolve("logs/shell.log").toString(),
                0);
    }

    @Test
    void itRunsInASessionOfItsOwnAndEndsWhenAsked(@TempDir Path folder) throws Exception {
        Daemon daemon = shell(folder, "echo $GREETING; ps -o sid= -p $$; while :; do sleep 0.05; done");
        assertThat(daemon.isAlive()).isFalse();
        Daemon started = daemon.start();
        try {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Files.readAllLines(Path.of(started.log())).size() == 2);
            assertThat(started.isAlive()).isTrue();
            assertThat(Files.readAllLines(Path.of(started.log()))).first().isEqualTo("hello");
            assertThat(Files.readAllLines(Path.of(started.log())).get(1).strip())
                    .isEqualTo(String.valueOf(started.pid()));
            started.terminate();
            assertThat(started.awaitEnd(SOON)).isTrue();
        } finally {
            started.kill();
        }
        Daemon again = started.start();
        try {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Files.readAllLines(Path.of(started.log())).size() == 4);
        } finally {
            again.kill();
            assertThat(again.awaitEnd(SOON)).isTrue();
        }
    }

    @Test
    void aStrangerWithItsNumberIsNotTakenForIt(@TempDir Path folder) {
        Daemon gone = shell(folder, ":");
        Daemon stranger = new Daemon(
                gone.name(),
                gone.mark(),
                gone.command(),
                gone.environment(),
                gone.log(),
                ProcessHandle.current().pid());
        assertThat(stranger.isAlive()).isFalse();
    }
}
