/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.math.BigDecimal;

/**
 * An argument that a job takes.
 *
 * @param key what it is called, without dashes
 * @param usual the value it has when it is not given
 * @param least the smallest value allowed
 * @param most the largest value allowed
 * @param meaning a few words for people, with the unit
 */
record Option(String key, Kind kind, double usual, double least, double most, String meaning) {

    /** What the value is written as. */
    enum Kind {
        WHOLE,
        DECIMAL,
        FLAG
    }

    static Option whole(String key, long usual, long least, long most, String meaning) {
        return new Option(key, Kind.WHOLE, usual, least, most, meaning);
    }

    static Option decimal(String key, double usual, double least, double most, String meaning) {
        return new Option(key, Kind.DECIMAL, usual, least, most, meaning);
    }

    static Option flag(String key, boolean usual, String meaning) {
        return new Option(key, Kind.FLAG, usual ? 1 : 0, 0, 1, meaning);
    }

    /** @throws IllegalArgumentException if the text is no such value; the message says what was expected */
    double parse(String text) {
        if (kind == Kind.FLAG) {
            return switch (text) {
                case "true" -> 1;
                case "false" -> 0;
                default -> throw refusal(text);
            };
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refusal(text);
        }
        double value = number.doubleValue();
        boolean written = kind == Kind.DECIMAL || number.stripTrailingZeros().scale() <= 0;
        if (!written || value < least || value > most) {
            throw refusal(text);
        }
        return value;
    }

    private IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException("--" + key + ": '" + text + "', expected " + allowed());
    }

    private String allowed() {
        return switch (kind) {
            case WHOLE -> "a whole number from " + plain(least) + " to " + plain(most);
            case DECIMAL -> "a number from " + plain(least) + " to " + plain(most);
            case FLAG -> "true or false";
        };
    }

    /** One line of the help. */
    String help() {
        String usually = kind == Kind.FLAG ? String.valueOf(usual > 0) : plain(usual);
        return "--%-17s %s (%s; %s)".formatted(key, meaning, usually, allowed());
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
