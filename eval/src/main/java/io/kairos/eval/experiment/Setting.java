/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.report.Lines;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A setting of a simulation by the name and within the limits that it has on the command line; times in seconds. */
enum Setting {
    NODES(Kind.WHOLE, 30, 1, 1_000_000),
    SLOTS(Kind.WHOLE, 4, 1, 256),
    QUEUE_BOUND(Kind.WHOLE, 4, 0, 256),
    QUANTUM(Kind.NUMBER, 50, 0.001, 86_400),
    NETWORK_DELAY(Kind.NUMBER, 0.0005, 0, 86_400),
    START_COST(Kind.NUMBER, 0, 0, 86_400),
    PREEMPTION_COST(Kind.NUMBER, 0, 0, 86_400),
    REPORT_INTERVAL(Kind.NUMBER, 5, 0, 86_400),
    /** In per cent. */
    SHORT_RESERVED(Kind.NUMBER, 2, 0, 99),
    EAGLE_COMPAT(Kind.SWITCH, 0, 0, 1),
    /** The one that is the workload's and not the cluster's. */
    LOAD(Kind.NUMBER, 1, 0.001, 100);

    private enum Kind {
        WHOLE,
        NUMBER,
        SWITCH
    }

    private final Kind kind;
    private final double usual;
    private final double least;
    private final double most;

    Setting(Kind kind, double usual, double least, double most) {
        this.kind = kind;
        this.usual = usual;
        this.least = least;
        this.most = most;
    }

    /** The name in scenarios, which is that on the command line. */
    String userName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The setting of that name.
     *
     * @throws IllegalArgumentException if there is none; its one line lists them
     */
    static Setting named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.userName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown setting '" + name + "', expected one of "
                        + Arrays.stream(values()).map(Setting::userName).collect(Collectors.joining(", "))));
    }

    /** Its value where nobody says otherwise. */
    double usual() {
        return usual;
    }

    /**
     * Reads a value; that of a switch is 0 or 1.
     *
     * @throws IllegalArgumentException if it is none or out of range; its one line says what was expected
     */
    double parse(String text) {
        if (kind == Kind.SWITCH) {
            if (!text.equals("true") && !text.equals("false")) {
                throw refusal(text);
            }
            return text.equals("true") ? 1 : 0;
        }
        double value;
        try {
            value = kind == Kind.WHOLE ? Integer.parseInt(text) : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refusal(text);
        }
        // Written so that NaN fails too.
        if (!(value >= least && value <= most)) {
            throw refusal(text);
        }
        return value;
    }

    /** The value as a whole number, a number or a truth, for files. */
    Object typed(double value) {
        return switch (kind) {
            case WHOLE -> (long) value;
            case NUMBER -> value;
            case SWITCH -> value != 0;
        };
    }

    private IllegalArgumentException refusal(String text) {
        String expected =
                switch (kind) {
                    case WHOLE -> "a whole number" + range();
                    case NUMBER -> "a number" + range();
                    case SWITCH -> "true or false";
                };
        return new IllegalArgumentException(userName() + " " + text + ": expected " + expected);
    }

    private String range() {
        return " from " + Lines.number(least) + " to " + Lines.number(most);
    }
}
