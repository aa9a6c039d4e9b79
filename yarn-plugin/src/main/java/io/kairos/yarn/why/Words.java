/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times and numbers are told in sentences. */
public final class Words {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Words() {}

    /** Seconds, as short as they can be told. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, Math.abs(seconds) < 99.95 ? "%.1f" : "%.0f", seconds);
    }

    /** All its digits and no more. */
    public static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The time of day in this process's zone. */
    public static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** "once", "3 times". */
    public static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }
}
