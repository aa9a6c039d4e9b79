/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What a browser is sent, packed once for all that ask. Immutable. */
final class Answer {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final int status;
    private final String type;
    private final byte[] body;
    private final byte[] packed;

    private Answer(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.packed = pack(body);
    }

    /** Data. */
    static Answer json(Record value) {
        try {
            return new Answer(
                    HttpServletResponse.SC_OK, "application/json;charset=utf-8", MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " is no data for JSON", e);
        }
    }

    /** A file. */
    static Answer file(String type, byte[] content) {
        return new Answer(HttpServletResponse.SC_OK, type, content);
    }

    /** There is nothing to show, in one line. */
    static Answer refusal(int status, String line) {
        return new Answer(status, "text/plain;charset=utf-8", (line + "\n").getBytes(UTF_8));
    }

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accepted = request.getHeader("Accept-Encoding");
        boolean isPacked = accepted != null && accepted.contains("gzip");
        byte[] sent = isPacked ? packed : body;
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Vary", "Accept-Encoding");
        if (isPacked) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(sent.length);
        try (OutputStream out = response.getOutputStream()) {
            out.write(sent);
        }
    }

    private static byte[] pack(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return packed.toByteArray();
    }
}
