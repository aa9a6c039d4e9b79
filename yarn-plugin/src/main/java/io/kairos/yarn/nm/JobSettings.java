/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a job's own settings say of how long its tasks may be silent: {@code job.xml} of MapReduce and the properties of Spark, as they
 * lie in a container's working folder. What cannot be read, or is not what it should be, says nothing: the files are the user's.
 */
final class JobSettings {
    private static final String MAPREDUCE_FILE = "job.xml";
    private static final String MAPREDUCE_TIMEOUT = "mapreduce.task.timeout";
    private static final String SPARK_FILE = "__spark_conf__/__spark_conf__.properties";
    private static final String SPARK_HEARTBEATS = "spark.storage.blockManagerHeartbeatTimeoutMs";
    private static final String SPARK_NETWORK = "spark.network.timeout";
    /** Where its properties name none. */
    private static final String SPARK_DEFAULT = "120s";

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_DIGITS = 18;
    private static final Pattern SPARK_TIME = Pattern.compile("(\\d{1,12})(us|ms|s|m|min|h|d)?");
    private static final Map<String, Long> MICROSECONDS = Map.of(
            "us", 1L,
            "ms", 1_000L,
            "s", 1_000_000L,
            "m", 60_000_000L,
            "min", 60_000_000L,
            "h", 3_600_000_000L,
            "d", 86_400_000_000L);

    private JobSettings() {}

    /**
     * The time after which the job gives a silent task up.
     *
     * @param folder the container's working folder; null if it has none
     * @throws TimeoutException one line: a file of the job cannot be read in time, and others of it hardly can
     */
    static Optional<Duration> silenceLimit(@Nullable String folder) throws InterruptedException, TimeoutException {
        if (folder == null) {
            return Optional.empty();
        }
        Optional<Duration> ofMapReduce =
                StrangersFile.read(Path.of(folder, MAPREDUCE_FILE), MOST_BYTES).flatMap(JobSettings::ofMapReduce);
        return ofMapReduce.isPresent()
                ? ofMapReduce
                : StrangersFile.read(Path.of(folder, SPARK_FILE), MOST_BYTES).flatMap(JobSettings::ofSpark);
    }

    private static Optional<Duration> ofMapReduce(String xml) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            String name = "";
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    if (reader.getLocalName().equals("name")) {
                        name = reader.getElementText().strip();
                    } else if (reader.getLocalName().equals("value") && name.equals(MAPREDUCE_TIMEOUT)) {
                        String value = reader.getElementText().strip();
                        // Megabytes of digits would take minutes.
                        return value.length() > MOST_DIGITS ? Optional.empty() : positive(new BigDecimal(value));
                    }
                }
            }
        } catch (XMLStreamException | NumberFormatException e) {
            // It says nothing.
        }
        return Optional.empty();
    }

    private static Optional<Duration> ofSpark(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        // The first one is by default what the second one is.
        String heartbeats = properties.getProperty(SPARK_HEARTBEATS);
        return heartbeats != null
                ? sparkTime(heartbeats, "ms")
                : sparkTime(properties.getProperty(SPARK_NETWORK, SPARK_DEFAULT), "s");
    }

    /** @param unit where the value names none */
    private static Optional<Duration> sparkTime(String text, String unit) {
        Matcher time = SPARK_TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            return Optional.empty();
        }
        long factor = MICROSECONDS.getOrDefault(time.group(2) == null ? unit : time.group(2), 0L);
        return positive(BigDecimal.valueOf(Long.parseLong(time.group(1)))
                .multiply(BigDecimal.valueOf(factor))
                .movePointLeft(3));
    }

    /** 0 stands for no limit in MapReduce; a year is one that nobody meets, too. */
    private static Optional<Duration> positive(BigDecimal milliseconds) {
        BigDecimal most = BigDecimal.valueOf(SilenceLimits.MOST.toMillis());
        return milliseconds.signum() > 0 && milliseconds.compareTo(most) < 0
                ? Optional.of(Duration.ofMillis(Math.max(1, milliseconds.longValue())))
                : Optional.empty();
    }
}
