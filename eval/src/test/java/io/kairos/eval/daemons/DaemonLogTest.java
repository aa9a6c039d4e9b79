/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLogTest {
    @Test
    void theErrorsOwnWordsAreTakenNotTheTraceNorWhatFollows(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("log"),
                """
                INFO starting
                java.net.BindException: Port in use: localhost:8088
                \tat org.apache.Hadoop.main(Hadoop.java:1)
                INFO SHUTDOWN_MSG
                """);
        assertThat(DaemonLog.lastError(log)).isEqualTo("java.net.BindException: Port in use: localhost:8088");
    }

    @Test
    void withoutAnErrorTheLastLineIsTaken(@TempDir Path folder) throws IOException {
        assertThat(DaemonLog.lastError(Files.writeString(folder.resolve("log"), "one\ntwo\n\n")))
                .isEqualTo("two");
        assertThat(DaemonLog.lastError(Files.writeString(folder.resolve("none"), "")))
                .isEqualTo("it said nothing");
        assertThat(DaemonLog.lastError(folder.resolve("missing"))).isEqualTo("it left no log");
    }
}
