/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log of JSON objects, one a line. Values are asked for by their path, as in {@code Task Info/Launch Time}, {@code *}
 * being whatever name; each is known by the last part of its path. All else is passed over without being held, however
 * long it is.
 */
final class JsonEventLog implements EventLog {

    private static final JsonFactory JSON = JsonFactory.builder()
            // The names in logs, such as those of settings, are not of a fixed set.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private static final String ANY = "*";
    private static final String EVENT_EXPECTED = "an event as one JSON object a line";

    /** A part of the paths asked for: what is asked for below it. */
    private static final class Wanted {
        private final Map<String, Wanted> below = new HashMap<>();

        void add(String path) {
            Wanted part = this;
            for (String name : path.split("/", -1)) {
                part = part.below.computeIfAbsent(name, unused -> new Wanted());
            }
        }

        @Nullable Wanted get(String name) {
            Wanted part = below.get(name);
            return part != null ? part : below.get(ANY);
        }
    }

    private final Path path;
    private final JsonParser parser;
    private final long linesBefore;
    private final Wanted wanted = new Wanted();
    private final Map<String, String> values = new HashMap<>();
    private long line = 1;

    private JsonEventLog(Path path, JsonParser parser, long linesBefore) {
        this.path = path;
        this.parser = parser;
        this.linesBefore = linesBefore;
    }

    /**
     * Opens a log.
     *
     * @param linesBefore lines at its start that hold no events
     * @param paths of the values that will be asked for
     */
    static JsonEventLog open(Path path, int linesBefore, List<String> paths) throws IOException {
        BufferedReader reader = new BufferedReader(TextStream.open(path).reader());
        try {
            for (int passed = 0; passed < linesBefore; passed++) {
                passLine(reader);
            }
            JsonEventLog log = new JsonEventLog(path, JSON.createParser(reader), linesBefore);
            for (String wanted : paths) {
                log.wanted.add(wanted);
            }
            return log;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public boolean next() throws IOException {
        values.clear();
        try {
            JsonToken token = parser.nextToken();
            line = linesBefore + parser.currentTokenLocation().getLineNr();
            if (token == null) {
                return false;
            }
            if (token != JsonToken.START_OBJECT) {
                throw malformed(TraceException.quoted(parser.getText()), EVENT_EXPECTED);
            }
            collect(wanted);
            return true;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            if (location != null) {
                line = linesBefore + location.getLineNr();
            }
            throw malformed("no JSON, or a line that is cut off", EVENT_EXPECTED);
        }
    }

    @Override
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    @Override
    public TraceException malformed(String found, String expected) {
        return new TraceException(path, line, found, expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void collect(Wanted here) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Wanted part = here.get(name);
            JsonToken value = parser.nextToken();
            if (part != null && value == JsonToken.START_OBJECT) {
                collect(part);
            } else if (part != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                values.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void passLine(BufferedReader reader) throws IOException {
        int next = reader.read();
        while (next >= 0 && next != '\n') {
            next = reader.read();
        }
    }
}
