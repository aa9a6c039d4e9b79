/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** One of Hadoop's files, with the lines on which its keys stand. Immutable, if nobody changes its configuration. */
public final class SiteFile {
    private final String name;
    private final boolean present;
    private final Map<String, List<Integer>> lines;
    private final Configuration own;

    private SiteFile(String name, boolean present, Map<String, List<Integer>> lines, Configuration own) {
        this.name = name;
        this.present = present;
        this.lines = lines;
        this.own = own;
    }

    /**
     * Reads it; one that is not there has no keys.
     *
     * @throws SiteException it is there and cannot be read
     */
    static SiteFile read(Path folder, String name) throws SiteException {
        Path file = folder.resolve(name);
        Configuration own = new Configuration(false);
        if (!Files.exists(file)) {
            return new SiteFile(name, false, Map.of(), own);
        }
        Map<String, List<Integer>> lines = KeyLines.of(file);
        own.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        try {
            own.size(); // reads it
        } catch (RuntimeException e) {
            throw new SiteException(file + ": " + firstLine(e), e);
        }
        return new SiteFile(name, true, lines, own);
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }

    public String name() {
        return name;
    }

    public boolean isPresent() {
        return present;
    }

    public boolean isSet(String key) {
        return own.getRaw(key) != null;
    }

    /** What the file itself says, trimmed; empty where it says nothing. */
    public String value(String key) {
        return own.getTrimmed(key, "");
    }

    /** The same as it stands: where Hadoop does not trim, a blank in front has a meaning. */
    public String untrimmed(String key) {
        return own.get(key, "");
    }

    public SortedSet<String> keys() {
        SortedSet<String> keys = new TreeSet<>();
        own.forEach(property -> keys.add(property.getKey()));
        return keys;
    }

    /** The keys that stand in it without a value: Hadoop takes them for not set. */
    public List<String> withoutValue() {
        return lines.keySet().stream().filter(key -> !isSet(key)).toList();
    }

    /** The keys that stand in it more than once, with their lines. */
    public Map<String, List<Integer>> repeated() {
        Map<String, List<Integer>> repeated = new TreeMap<>();
        lines.forEach((key, places) -> {
            if (places.size() > 1) {
                repeated.put(key, new ArrayList<>(places));
            }
        });
        return repeated;
    }

    /** In a few words: where the key stands and what it is; if it does not, what counts instead. */
    public String told(String key, Configuration whole) {
        String value = whole.getTrimmed(key, "");
        if (!isSet(key) && lines.containsKey(key)) {
            return name + line(key) + ": " + key + " has no value" + (value.isEmpty() ? "" : ", so '" + value + "'");
        }
        if (!isSet(key)) {
            return name + ": " + key + " is not set" + (value.isEmpty() ? "" : ", so '" + value + "'");
        }
        return name + line(key) + ": " + key + " is '" + value + "'";
    }

    /** Where it stands last, which is what counts; nothing where it is in a file that this one includes. */
    private String line(String key) {
        List<Integer> places = lines.getOrDefault(key, List.of());
        return places.isEmpty() ? "" : ":" + places.get(places.size() - 1);
    }

    /** Adds what it says to a configuration. */
    void addTo(Configuration whole) {
        if (present) {
            whole.addResource(new Configuration(own));
        }
    }
}
