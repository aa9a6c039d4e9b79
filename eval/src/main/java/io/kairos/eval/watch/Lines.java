/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How lines for a terminal of 80 columns are made. */
final class Lines {
    static final int WIDTH = 80;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Lines() {}

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).stripTrailing();
    }

    /** Cut to a width; what is cut off is shown as such. */
    static String clip(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "~";
    }

    /** Cut at the front, for names that differ at their end. */
    static String clipFront(String text, int width) {
        return text.length() <= width ? text : "~" + text.substring(text.length() - width + 1);
    }

    /** Seconds, as short as they can be told. */
    static String seconds(double seconds) {
        return format(Math.abs(seconds) < 99.95 ? "%.1f" : "%.0f", seconds);
    }

    /** All its digits and no more. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** Wraps a sentence, whose own leading blanks stay; the lines after the first one begin with the given blanks. */
    static List<String> wrap(String sentence, String indent) {
        List<String> lines = new ArrayList<>();
        String text = sentence.stripLeading();
        StringBuilder line = new StringBuilder(sentence.substring(0, sentence.length() - text.length()));
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }

    /** "once", "3 times". */
    static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }
}
