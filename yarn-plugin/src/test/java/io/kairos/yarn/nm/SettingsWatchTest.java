/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A changed yarn-site.xml, at whatever moment it is looked at. */
class SettingsWatchTest {
    private static final String QUANTUM = NodeManagerKeys.QUANTUM.name();

    private final List<LiveSettings> taken = new ArrayList<>();
    private long now = 1_700_000_000_000L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private SettingsWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("yarn-site.xml");
        write(Map.of(QUANTUM, "7000"));
        Configuration atStart = new YarnConfiguration();
        atStart.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        atStart.setInt(NodeManagerKeys.SLOTS.name(), 3); // by a program, so that the file has no say
        watch = new SettingsWatch(file, atStart, () -> TimeUnit.MILLISECONDS.toNanos(now), taken::add);
    }

    @Test
    void aFileThatDoesNotChangeIsNotRead() {
        pass(60);
        assertThat(taken).isEmpty();
    }

    @Test
    void aChangeIsTakenOnceItHasBeenLeftAlone() throws IOException {
        pass(60);
        write(Map.of(QUANTUM, "8000", NodeManagerKeys.SLOTS.name(), "9", NodeManagerKeys.MODE.name(), "observe"));
        pass(5);
        assertThat(taken).isEmpty();
        write(Map.of(QUANTUM, "9000"));
        pass(5);
        assertThat(taken).isEmpty();
        pass(1);
        pass(60);
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).node().quantum()).isEqualTo(Duration.ofSeconds(9));
        assertThat(taken.get(0).node().slots()).isEqualTo(3);
        assertThat(taken.get(0).mode()).isEmpty();
    }

    @Test
    void aFileOfAHostWhoseClockIsAheadIsTakenAsSoon() throws IOException {
        pass(60);
        write(Map.of(QUANTUM, "9000"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(now + 3_600_000));
        pass(6);
        assertThat(taken).hasSize(1);
        pass(60);
        assertThat(taken).hasSize(1);
    }

    @Test
    void whatTakesARestartStaysAsItIsWhollyUntilThen() throws IOException {
        pass(60);
        write(Map.of(QUANTUM, "9000", NodeManagerKeys.PAUSE_MODE.name(), "throttle"));
        pass(6);
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).node().quantum()).isEqualTo(Duration.ofSeconds(9));
        assertThat(taken.get(0).node().keepAliveInterval())
                .as("as long as paused tasks are frozen they need their pulses")
                .isPresent();
    }

    @Test
    void whatIsNoLongerThereHasItsDefault() throws IOException {
        pass(60);
        write(Map.of(NodeManagerKeys.QUEUE_BOUND.name(), "1"));
        pass(6);
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).node().quantum()).isEqualTo(Duration.ofSeconds(5));
        assertThat(taken.get(0).node().launchBound()).isEqualTo(4);
    }

    @Test
    void oneBadValueRefusesTheWholeFileUntilItIsMended() throws IOException {
        pass(60);
        assertThat(watch.refused()).isEmpty();
        write(Map.of(QUANTUM, "8000", NodeManagerKeys.PAUSER.name(), "magic"));
        pass(6);
        assertThat(watch.refused()).startsWith(NodeManagerKeys.PAUSER.name() + " is 'magic': expected one of ");
        write(Map.of(QUANTUM, "8000", NodeManagerKeys.KEEP_ALIVE_PULSE.name(), "40000"));
        pass(6);
        Files.writeString(file, "<configuration><property>");
        touch();
        pass(6);
        Files.delete(file);
        pass(6);
        assertThat(taken).isEmpty();

        assertThat(watch.refused()).isNotEmpty();
        write(Map.of(QUANTUM, "8000"));
        pass(6);
        assertThat(taken).hasSize(1);
        assertThat(watch.refused()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aBadValueOfAnyKeyChangesNothing(Key<?> key) throws IOException {
        pass(60);
        write(Map.of(NodeManagerKeys.MODE.name(), "observe", key.name(), "not a:value"));
        pass(6);
        // A value that the program set wins, and the file has no say in it.
        assertThat(taken).hasSize(key == NodeManagerKeys.SLOTS ? 1 : 0);
    }

    private static List<Key<?>> keys() {
        return SettingsWatch.KEYS.stream()
                .filter(key -> key != NodeManagerKeys.MODE)
                .toList();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            watch.poll();
        }
    }

    private void write(Map<String, String> properties) throws IOException {
        StringBuilder text = new StringBuilder("<configuration>\n");
        properties.forEach((name, value) -> text.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        Files.writeString(file, text.append("</configuration>\n"));
        touch();
    }

    private void touch() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(now));
    }
}
