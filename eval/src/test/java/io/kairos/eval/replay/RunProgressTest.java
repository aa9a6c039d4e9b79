/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final RunStatus STATUS = new RunStatus(37, 100, 16, 12, 3, 4321);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    private RunProgress progress(boolean terminal) {
        Ticker ticker = new Ticker() {
            @Override
            public long read() {
                return now;
            }
        };
        return new RunProgress(new PrintStream(out, true, UTF_8), terminal, ticker);
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    @Test
    void plainLinesComeEveryFewSeconds() {
        RunProgress progress = progress(false);
        progress.begin("kairos");
        for (int tenth = 0; tenth < 100; tenth++) {
            progress.update(STATUS);
            now += Duration.ofMillis(100).toNanos();
        }
        // At 0 s and at 5 s.
        assertThat(printed().lines()).hasSize(2);
        assertThat(printed()).doesNotContain("\r").doesNotContain("\u001b");
        progress.end();
        assertThat(printed().lines()).hasSize(3);
    }

    @Test
    void nothingIsShownBehindTheEnd() {
        RunProgress progress = progress(true);
        progress.begin("fifo");
        progress.update(STATUS);
        progress.end();
        String shown = printed();
        assertThat(shown).endsWith(System.lineSeparator());
        now = Duration.ofMinutes(1).toNanos();
        progress.update(STATUS);
        progress.end();
        assertThat(printed()).isEqualTo(shown);
    }

    @Test
    void aRunThatShowedNothingLeavesNoEmptyLine() {
        RunProgress progress = progress(true);
        progress.begin("fifo");
        progress.end();
        assertThat(printed()).isEmpty();
    }

    @Test
    void onATerminalTheLineIsRedrawnWithin80Columns() {
        RunProgress progress = progress(true);
        progress.begin("capacity");
        now = Duration.ofMinutes(99).toNanos();
        progress.update(STATUS);
        String line = printed().substring(printed().indexOf('\r') + 1);
        assertThat(line).startsWith("capacity[######").contains("37/100 jobs").endsWith("\u001b[K");
        assertThat(line.length() - "\u001b[K".length()).isLessThan(80);
    }
}
