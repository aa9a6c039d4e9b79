/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the key q. While it is open the terminal hands over each key at once and does not show it; closing it, or the end of
 * the process, puts that back. Not thread-safe.
 */
final class KeyWatch implements AutoCloseable {
    private static final long POLL_MS = 50;

    private final @Nullable InputStream keys;
    private @Nullable Thread onExit;

    private KeyWatch(@Nullable InputStream keys) {
        this.keys = keys;
    }

    /** One that never hears a key. */
    static KeyWatch none() {
        return new KeyWatch(null);
    }

    /** Listens at the terminal; where its mode cannot be changed, q wants an Enter. */
    static KeyWatch open() {
        KeyWatch watch = new KeyWatch(System.in);
        stty("-icanon", "-echo");
        Thread restore = new Thread(() -> stty("icanon", "echo"), "terminal");
        Runtime.getRuntime().addShutdownHook(restore);
        watch.onExit = restore;
        return watch;
    }

    /** Waits so long, or until q is pressed; returns whether it was. */
    boolean quitWithin(Duration duration) throws IOException, InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        InputStream pressed = keys;
        while (System.nanoTime() < end) {
            while (pressed != null && pressed.available() > 0) {
                int key = pressed.read();
                if (key == 'q' || key == 'Q') {
                    return true;
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return false;
    }

    @Override
    public void close() {
        Thread restore = onExit;
        if (restore != null) {
            stty("icanon", "echo");
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static void stty(String... modes) {
        ProcessBuilder command = new ProcessBuilder("stty");
        command.command().addAll(List.of(modes));
        command.redirectInput(new File("/dev/tty"));
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            command.start().waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            return; // no stty here: keys come with Enter
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
