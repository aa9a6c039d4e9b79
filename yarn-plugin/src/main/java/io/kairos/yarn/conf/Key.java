/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * One configuration key: its name, its default as an admin would write it, what it allows, and what it does. Immutable.
 *
 * @param <T> what a value means to the program
 */
public final class Key<T> {
    private final String name;
    private final String defaultText;
    private final String allowed;
    private final String description;
    private final Function<String, T> parser;
    private final boolean live;

    private Key(String name, String defaultText, String allowed, String description, Function<String, T> parser) {
        this(name, defaultText, allowed, description, parser, false);
    }

    private Key(
            String name,
            String defaultText,
            String allowed,
            String description,
            Function<String, T> parser,
            boolean live) {
        this.name = name;
        this.defaultText = defaultText;
        this.allowed = allowed;
        this.description = description;
        this.parser = parser;
        this.live = live;
    }

    static Key<Integer> integer(String name, int defaultValue, int least, int most, String description) {
        return new Key<>(
                name,
                Integer.toString(defaultValue),
                "a whole number from " + least + " to " + most,
                description,
                text -> (int) wholeNumber(text, least, most));
    }

    static Key<Optional<Integer>> optionalInteger(
            String name, String defaultText, int least, int most, String description) {
        return new Key<>(
                name,
                defaultText,
                "a whole number from " + least + " to " + most + ", or off",
                description,
                text -> isOff(text) ? Optional.empty() : Optional.of((int) wholeNumber(text, least, most)));
    }

    static Key<Duration> milliseconds(String name, long defaultValue, long least, long most, String description) {
        return new Key<>(
                name,
                Long.toString(defaultValue),
                "milliseconds from " + least + " to " + most,
                description,
                text -> Duration.ofMillis(wholeNumber(text, least, most)));
    }

    static Key<Optional<Duration>> optionalMilliseconds(
            String name, String defaultText, long least, long most, String description) {
        return new Key<>(
                name,
                defaultText,
                "milliseconds from " + least + " to " + most + ", or off",
                description,
                text -> isOff(text)
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(wholeNumber(text, least, most))));
    }

    static Key<Double> decimal(String name, String defaultValue, double least, double most, String description) {
        String allowed = "a number from "
                + BigDecimal.valueOf(least).stripTrailingZeros().toPlainString() + " to "
                + BigDecimal.valueOf(most).stripTrailingZeros().toPlainString();
        return new Key<>(name, defaultValue, allowed, description, text -> {
            double value = Double.parseDouble(text);
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    static Key<Boolean> yesOrNo(String name, boolean defaultValue, String description) {
        return new Key<>(name, Boolean.toString(defaultValue), "one of true, false", description, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return Boolean.valueOf(text);
        });
    }

    static Key<String> choice(String name, String defaultValue, List<String> choices, String description) {
        return new Key<>(name, defaultValue, "one of " + String.join(", ", choices), description, text -> {
            if (!choices.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** The same key, of which a daemon that runs takes new values. */
    Key<T> live() {
        return new Key<>(name, defaultText, allowed, description, parser, true);
    }

    /** The same key by another name. */
    public Key<T> named(String otherName) {
        return new Key<>(otherName, defaultText, allowed, description, parser, live);
    }

    static Key<String> matching(Pattern pattern, String name, String defaultValue, String allowed, String description) {
        return new Key<>(name, defaultValue, allowed, description, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    static Key<Optional<Path>> folder(String name, String description) {
        return new Key<>(
                name,
                "",
                "the whole path of a folder, which is made if need be, or nothing for none",
                description,
                text -> {
                    Optional<Path> folder =
                            Optional.of(text).filter(path -> !path.isEmpty()).map(Path::of);
                    if (folder.filter(path -> !path.isAbsolute() || (Files.exists(path) && !Files.isDirectory(path)))
                            .isPresent()) {
                        throw new IllegalArgumentException(text);
                    }
                    return folder;
                });
    }

    /**
     * The key's value in a configuration, or its default where the configuration has none.
     *
     * @throws SettingException one line with key, value and what is allowed
     */
    public T read(Configuration configuration) {
        String text = configuration.getTrimmed(name, defaultText);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new SettingException(name + " is '" + text + "': expected " + allowed);
        }
    }

    /** Whether the configuration says anything of this key. */
    public boolean isSet(Configuration configuration) {
        return !configuration.getTrimmed(name, "").isEmpty();
    }

    public String name() {
        return name;
    }

    /** Whether a daemon that runs takes new values; if not, it must be restarted for them. */
    public boolean isLive() {
        return live;
    }

    /** The default as an admin would write it. */
    public String defaultText() {
        return defaultText;
    }

    /** The allowed values in words. */
    public String allowed() {
        return allowed;
    }

    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean isOff(String text) {
        return text.equals("off");
    }

    private static long wholeNumber(String text, long least, long most) {
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }
}
