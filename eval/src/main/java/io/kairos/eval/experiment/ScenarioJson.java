/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.kairos.eval.simulator.Policy;
import io.kairos.workloads.format.TraceFormat;
import io.kairos.workloads.format.TraceSource;
import io.kairos.workloads.generator.WorkloadGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON of scenarios: strict, and what is wrong with it is told in one line with the line of the file. */
final class ScenarioJson {
    private static final JsonMapper MAPPER = mapper();

    private ScenarioJson() {}

    private static JsonMapper mapper() {
        SimpleModule types = new SimpleModule();
        add(types, Policy.class, Policy::parse);
        add(types, Metric.class, Metric::new);
        add(types, JobFigure.class, JobFigure::named);
        add(types, Setting.class, Setting::named);
        add(types, TraceSource.class, TraceFormat::parse);
        add(types, WorkloadGenerator.class, WorkloadGenerator::named);
        types.addDeserializer(SimulatedCluster.class, new ClusterReader());
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .addModule(types)
                .build();
        mapper.setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL));
        return mapper;
    }

    private static <T> void add(SimpleModule types, Class<T> type, Function<String, T> reader) {
        types.addDeserializer(type, new TextReader<>(reader));
    }

    /**
     * Reads a scenario's file.
     *
     * @param file its name, for errors
     */
    static ScenarioFile read(String text, String file) throws ScenarioException {
        try {
            ScenarioFile scenario = MAPPER.readValue(text, ScenarioFile.class);
            if (scenario == null) {
                throw new ScenarioException(file, "expected a JSON object");
            }
            return scenario;
        } catch (JsonProcessingException e) {
            ScenarioException told = new ScenarioException(file, line(e, text), problem(e));
            told.initCause(e);
            throw told;
        }
    }

    /** The line of what is wrong. Jackson finds some of it when it is through with the object around it, and tells of its end. */
    private static int line(JsonProcessingException failure, String text) {
        if (failure instanceof UnrecognizedPropertyException || failure instanceof ValueInstantiationException) {
            JsonPointer wanted = pointer((JsonMappingException) failure);
            try (JsonParser parser = MAPPER.createParser(text)) {
                while (parser.nextToken() != null) {
                    if (parser.getParsingContext().pathAsPointer().equals(wanted)) {
                        return parser.currentTokenLocation().getLineNr();
                    }
                }
            } catch (IOException e) {
                // Malformed further on: the end of the object will do.
                failure.addSuppressed(e);
            }
        }
        return failure.getLocation() == null ? 1 : failure.getLocation().getLineNr();
    }

    private static JsonPointer pointer(JsonMappingException failure) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference step : failure.getPath()) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(step.getIndex())
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer;
    }

    private static String problem(JsonProcessingException failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return "expected JSON: " + firstLine(failure);
        }
        String key = key(mapping);
        if (mapping instanceof UnrecognizedPropertyException unknown) {
            return "unknown key '" + key + "', expected one of "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (firstLine(mapping).startsWith("Trailing token")) {
            return "expected the end of the file";
        }
        String prefix = key.isEmpty() ? "" : key + ": ";
        if (mapping instanceof MismatchedInputException mismatch) {
            return prefix + "expected " + kind(mismatch.getTargetType());
        }
        // From one of the readers below, or from a record that refused what it was given.
        return prefix + (mapping.getCause() != null ? mapping.getCause().getMessage() : firstLine(mapping));
    }

    private static String firstLine(JsonProcessingException failure) {
        return failure.getOriginalMessage().lines().findFirst().orElse("malformed");
    }

    /** "parts[1].sweep.values[0]". */
    private static String key(JsonMappingException failure) {
        StringBuilder key = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            String name = step.getFieldName();
            key.append(name == null ? "[" + step.getIndex() + "]" : (key.length() == 0 ? "" : ".") + name);
        }
        return key.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == null || type == String.class || type.isEnum()) {
            return "text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object with keys";
    }

    /** Reads what has a text of its own. */
    private static final class TextReader<T> extends JsonDeserializer<T> {
        private final Function<String, T> reader;

        TextReader(Function<String, T> reader) {
            this.reader = reader;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new JsonMappingException(parser, "expected text");
            }
            return refusing(parser, () -> reader.apply(parser.getText()));
        }
    }

    /** Reads the settings of a cluster. */
    private static final class ClusterReader extends JsonDeserializer<SimulatedCluster> {
        @Override
        public SimulatedCluster deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.isExpectedStartObjectToken()) {
                throw new JsonMappingException(parser, "expected an object with settings");
            }
            Map<Setting, Double> chosen = new EnumMap<>(Setting.class);
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                String text = name;
                Setting setting = refusing(parser, () -> Setting.named(text));
                if (setting == Setting.LOAD) {
                    throw new JsonMappingException(parser, "load: expected in the workload");
                }
                parser.nextToken();
                chosen.put(setting, refusing(parser, () -> setting.parse(parser.getText())));
            }
            return new SimulatedCluster(chosen);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Tells of what is refused where it stands. */
    private static <T> T refusing(JsonParser parser, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw new JsonMappingException(parser, e.getMessage());
        }
    }
}
