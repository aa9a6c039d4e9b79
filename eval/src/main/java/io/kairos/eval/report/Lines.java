/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.yarn.why.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How lines for a terminal of 80 columns are made. */
public final class Lines {
    public static final int WIDTH = 80;

    private Lines() {}

    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).stripTrailing();
    }

    /** Cut to a width; what is cut off is shown as such. */
    public static String clip(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "~";
    }

    /** Cut at the front, for names that differ at their end. */
    public static String clipFront(String text, int width) {
        return text.length() <= width ? text : "~" + text.substring(text.length() - width + 1);
    }

    /** Seconds, as short as they can be told. */
    public static String seconds(double seconds) {
        return Words.seconds(seconds);
    }

    /** All its digits and no more. */
    public static String number(double value) {
        return Words.number(value);
    }

    public static String clock(long millis) {
        return Words.clock(millis);
    }

    /** Wraps a sentence, whose own leading blanks stay; the lines after the first one begin with the given blanks. */
    public static List<String> wrap(String sentence, String indent) {
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

    /** The lines above a table of figures: what was measured, where, and if need be how. */
    public static List<String> title(String measured, String machine, String how) {
        return wrap(measured + " on " + machine + how, "  ");
    }

    /** "once", "3 times". */
    public static String times(int number) {
        return Words.times(number);
    }
}
