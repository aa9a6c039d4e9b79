/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the figures were taken on. */
public final class Machine {
    private Machine() {}

    /** Processors, memory, operating system and Java in one line. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%d processors, %s%s %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.0f GiB, ", system.getTotalMemorySize() / (double) (1L << 30))
                : "";
    }
}
