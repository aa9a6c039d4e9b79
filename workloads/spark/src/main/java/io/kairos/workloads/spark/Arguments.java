/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The arguments of one job, checked. Immutable.
 *
 * @param words what came before the first key, without the job's name
 */
record Arguments(List<String> words, Map<String, Double> values) {

    Arguments {
        words = List.copyOf(words);
        values = Map.copyOf(values);
    }

    /**
     * Reads {@code WORD ... --key value ...}; what is not given has its usual value.
     *
     * @throws IllegalArgumentException if one is unknown, given twice, without a value or out of range; the message is one line
     */
    static Arguments parse(List<String> texts, List<Option> options) {
        int keys = 0;
        while (keys < texts.size() && !texts.get(keys).startsWith("--")) {
            keys++;
        }
        Map<String, Double> given = new HashMap<>();
        for (int at = keys; at < texts.size(); at += 2) {
            Option option = find(texts.get(at), options);
            if (at + 1 == texts.size()) {
                throw new IllegalArgumentException("--" + option.key() + ": expected a value after it");
            }
            if (given.put(option.key(), option.parse(texts.get(at + 1))) != null) {
                throw new IllegalArgumentException("--" + option.key() + ": given twice, expected once");
            }
        }
        options.forEach(option -> given.putIfAbsent(option.key(), option.usual()));
        return new Arguments(texts.subList(0, keys), given);
    }

    private static Option find(String text, List<Option> options) {
        return options.stream()
                .filter(option -> text.equals("--" + option.key()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "': expected one of "
                        + options.stream().map(option -> "--" + option.key()).collect(Collectors.joining(", "))));
    }

    /** @throws IllegalArgumentException if there are words, which only some jobs take */
    void requireNoWords() {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("'" + words.get(0) + "': expected --key value");
        }
    }

    long whole(String key) {
        return (long) decimal(key);
    }

    int count(String key) {
        return Math.toIntExact(whole(key));
    }

    boolean flag(String key) {
        return decimal(key) > 0;
    }

    double decimal(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no option " + key);
        }
        return value;
    }
}
