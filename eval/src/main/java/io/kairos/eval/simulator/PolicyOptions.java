/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that a user set on a policy, by their keys. Whatever is wrong with one is said in one line. Immutable. */
final class PolicyOptions {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final ImmutableMap<String, String> values;

    private PolicyOptions(Map<String, String> values) {
        this.values = ImmutableMap.copyOf(values);
    }

    /**
     * Reads {@code KEY=VALUE} of each.
     *
     * @param policy whose options they are, and
     * @param known the keys that it has
     * @throws IllegalArgumentException if one is no option of the policy, or comes twice
     */
    static PolicyOptions parse(String policy, List<String> options, ImmutableSet<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !known.contains(key)) {
                throw new IllegalArgumentException("unknown option '" + option + "' of " + policy + ": expected "
                        + (known.isEmpty() ? "none" : "KEY=VALUE with a key of " + String.join(", ", known)));
            }
            if (values.put(key, option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "'" + policy + ":" + String.join(":", options) + "': expected " + key + " once");
            }
        }
        return new PolicyOptions(values);
    }

    String text(String key, String unset) {
        return values.getOrDefault(key, unset);
    }

    boolean isSet(String key) {
        return values.containsKey(key);
    }

    boolean isOn(String key, boolean unset) {
        String value = text(key, unset ? "on" : "off");
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(key + "=" + value + ": expected on or off");
        };
    }

    int count(String key, int unset, int least, int most) {
        double value = number(key, unset, least, most);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    key + "=" + text(key, "") + ": expected a whole number, " + least + " to " + most);
        }
        return (int) value;
    }

    double number(String key, double unset, double least, double most) {
        if (!isSet(key)) {
            return unset;
        }
        String value = text(key, "");
        double number = NUMBER.matcher(value).matches() ? Double.parseDouble(value) : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                    key + "=" + value + ": expected a number, " + plain(least) + " to " + plain(most));
        }
        return number;
    }

    /** Seconds; null where it says "none". */
    @Nullable Double seconds(String key, @Nullable Double unset, double least, double most) {
        if (!isSet(key)) {
            return unset;
        }
        if (text(key, "").equals("none")) {
            return null;
        }
        try {
            return number(key, least, least, most);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or none", e);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** The constant whose name is the value, in lower case and with hyphens. */
    <E extends Enum<E>> E oneOf(String key, E unset) {
        if (!isSet(key)) {
            return unset;
        }
        String value = text(key, "");
        E[] all = unset.getDeclaringClass().getEnumConstants();
        StringBuilder names = new StringBuilder();
        for (E constant : all) {
            String name = UserNames.of(constant);
            if (name.equals(value)) {
                return constant;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw new IllegalArgumentException(key + "=" + value + ": expected one of " + names);
    }
}
