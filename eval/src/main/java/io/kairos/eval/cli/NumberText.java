/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers from the command line; what is none is answered in words, not in names of Java types. */
final class NumberText {
    private NumberText() {}

    static int wholeNumber(String text) {
        return parse(text, Integer::valueOf, "a whole number");
    }

    static long longNumber(String text) {
        return parse(text, Long::valueOf, "a whole number");
    }

    static double number(String text) {
        return parse(text, Double::valueOf, "a number");
    }

    private static <T> T parse(String text, Function<String, T> parser, String expected) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected " + expected + ", got '" + text + "'");
        }
    }
}
