/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import com.google.common.base.Ticker;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a run is, on stderr: one redrawn line on a terminal, elsewhere a plain line every few seconds. Thread-safe.
 */
public final class RunProgress {
    private static final long PLAIN_INTERVAL = TimeUnit.SECONDS.toNanos(5);
    private static final long REDRAW_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BAR = 18;

    private final PrintStream out;
    private final boolean terminal;
    private final Ticker ticker;
    private String scheduler = "";
    private long begun;
    private long shownAt;
    private @Nullable RunStatus last;
    private boolean live;

    /**
     * @param out where to
     * @param terminal true where lines may be redrawn
     * @param ticker the clock
     */
    public RunProgress(PrintStream out, boolean terminal, Ticker ticker) {
        this.out = out;
        this.terminal = terminal;
        this.ticker = ticker;
    }

    /** Shows a line by itself. */
    public synchronized void note(String line) {
        out.println(line);
        out.flush();
    }

    /** A scheduler's run begins. */
    public synchronized void begin(String name) {
        scheduler = name;
        begun = ticker.read();
        // The first state is shown at once.
        shownAt = begun - PLAIN_INTERVAL;
        last = null;
        live = true;
    }

    /** The run's state; shown unless the one before was shown just now, or the run ended. */
    public synchronized void update(RunStatus status) {
        if (!live) {
            return;
        }
        last = status;
        if (ticker.read() - shownAt >= (terminal ? REDRAW_INTERVAL : PLAIN_INTERVAL)) {
            show(status);
        }
    }

    /** The run ended, well or not; shows its last state whatever the time, and leaves the line. Idempotent. */
    public synchronized void end() {
        if (live && last != null) {
            show(last);
            if (terminal) {
                out.println();
            }
        }
        live = false;
        out.flush();
    }

    private void show(RunStatus status) {
        shownAt = ticker.read();
        if (terminal) {
            // Back to the line's beginning, and clear what is left of a longer one.
            out.print("\r" + line(status) + "\u001b[K");
        } else {
            out.println(line(status));
        }
        out.flush();
    }

    private String line(RunStatus status) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(ticker.read() - begun);
        String line = String.format(
                Locale.ROOT,
                "%-8s%s%d/%d jobs  run %d  paused %d  held %d  preempted %d  %d:%02d",
                scheduler,
                terminal ? bar(status) : "",
                status.jobsDone(),
                status.jobs(),
                status.running(),
                status.paused(),
                status.held(),
                status.preemptions(),
                seconds / 60,
                seconds % 60);
        return line.length() < 80 ? line : line.substring(0, 79);
    }

    private static String bar(RunStatus status) {
        int full = status.jobs() == 0 ? 0 : BAR * status.jobsDone() / status.jobs();
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
    }
}
