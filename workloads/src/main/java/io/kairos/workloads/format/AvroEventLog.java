/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A job history in Avro's binary encoding, as MapReduce 3 writes it by default: a line that says so, a line with the
 * schema of an event, then the events. The values of an event are the fields of its inner record, and its {@code type}.
 */
final class AvroEventLog implements EventLog {

    private static final int LONGEST_SCHEMA = 1 << 20;

    private final Path path;
    private final InputStream bytes;
    private final BinaryDecoder decoder;
    private final DatumReader<GenericRecord> reader;
    private @Nullable GenericRecord event;
    private long number;

    private AvroEventLog(Path path, InputStream bytes, Schema schema) {
        this.path = path;
        this.bytes = bytes;
        this.decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        this.reader = new GenericDatumReader<>(schema);
    }

    static AvroEventLog open(Path path) throws IOException {
        InputStream bytes = new BufferedInputStream(UnpackedStream.open(path));
        try {
            line(bytes, LONGEST_SCHEMA);
            return new AvroEventLog(path, bytes, new Schema.Parser().parse(line(bytes, LONGEST_SCHEMA)));
        } catch (PackingException e) {
            bytes.close();
            throw new TraceException(path, 2, e.found(), e.expected());
        } catch (AvroRuntimeException e) {
            bytes.close();
            throw new TraceException(path, 2, "no schema", "the schema of events in JSON");
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The bytes up to the end of a line as text, at most so many. */
    static String line(InputStream bytes, int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = bytes.read();
        while (next >= 0 && next != '\n' && line.length() < longest) {
            line.append((char) next);
            next = bytes.read();
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    @Override
    public boolean next() throws IOException {
        number++;
        try {
            event = decoder.isEnd() ? null : reader.read(null, decoder);
            return event != null;
        } catch (PackingException e) {
            throw malformed(e.found(), e.expected());
        } catch (EOFException e) {
            throw malformed("the end of the file", "the rest of the event");
        } catch (AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw malformed("damaged data", "an event as the schema has it");
        }
    }

    @Override
    public String text(String name) {
        if (event == null) {
            return "";
        }
        GenericRecord holder = event;
        if (!event.hasField(name) && event.hasField("event") && event.get("event") instanceof GenericRecord inner) {
            holder = inner;
        }
        Object value = holder.hasField(name) ? holder.get(name) : null;
        return value == null ? "" : value.toString();
    }

    @Override
    public TraceException malformed(String found, String expected) {
        return new TraceException(path, "event " + number + ": found " + found + ", expected " + expected);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
