/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark's applications get unless they say otherwise, from spark-defaults.conf. Immutable. */
public final class SparkDefaults {
    private static final Pattern AMOUNT = Pattern.compile("\\s*(\\d+)\\s*([a-z]*)\\s*");
    // So that no unit overflows, nor a dozen of such times; more is as good as without limit.
    private static final long LONGEST = 5_000_000_000L;
    private static final long LARGEST = Long.MAX_VALUE >> 20;

    private final Path file;
    private final Properties properties;

    private SparkDefaults(Path file, Properties properties) {
        this.file = file;
        this.properties = properties;
    }

    /** @throws SiteException one line: the file, and what was expected */
    public static SparkDefaults read(Path file) throws SiteException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SiteException(
                    file + ": " + (Files.exists(file) ? e.getMessage() : "no such file")
                            + "; expected Spark's defaults, a key and a value a line",
                    e);
        }
        return new SparkDefaults(file, properties);
    }

    public Path file() {
        return file;
    }

    /** The file as it is told of. */
    public String name() {
        return file.toString();
    }

    public boolean isSet(String key) {
        return properties.containsKey(key);
    }

    public String get(String key, String otherwise) {
        return properties.getProperty(key, otherwise).strip();
    }

    public boolean is(String key, boolean otherwise) {
        return Boolean.parseBoolean(get(key, Boolean.toString(otherwise)));
    }

    /** In a few words, what is said of a key and where. */
    public String told(String key, String otherwise) {
        String name = String.valueOf(file.getFileName());
        return isSet(key)
                ? name + ": " + key + " is '" + get(key, "") + "'"
                : name + ": " + key + " is not set, so '" + otherwise + "'";
    }

    /** A time as Spark reads it; empty if it is none. */
    public Optional<Duration> time(String key, String otherwise, String unit) {
        Matcher amount = AMOUNT.matcher(get(key, otherwise).toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            return Optional.empty();
        }
        long number = number(amount, LONGEST);
        return switch (amount.group(2).isEmpty() ? unit : amount.group(2)) {
            case "us" -> Optional.of(Duration.ofNanos(number * 1_000));
            case "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m", "min" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            case "d" -> Optional.of(Duration.ofDays(number));
            default -> Optional.empty();
        };
    }

    /** An amount of memory as Spark reads it, in mebibytes unless it says otherwise; empty if it is none. */
    public Optional<Long> mebibytes(String key, String otherwise) {
        Matcher amount = AMOUNT.matcher(get(key, otherwise).toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            return Optional.empty();
        }
        long number = number(amount, LARGEST);
        return switch (amount.group(2)) {
            case "b" -> Optional.of(number >> 20);
            case "k", "kb" -> Optional.of(number >> 10);
            case "", "m", "mb" -> Optional.of(number);
            case "g", "gb" -> Optional.of(number << 10);
            case "t", "tb" -> Optional.of(number << 20);
            default -> Optional.empty();
        };
    }

    private static long number(Matcher amount, long most) {
        return new BigInteger(amount.group(1)).min(BigInteger.valueOf(most)).longValueExact();
    }
}
