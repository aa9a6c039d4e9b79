/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.security.authentication.client.AuthenticatedURL;
import org.apache.hadoop.security.authentication.client.AuthenticationException;
import org.apache.hadoop.security.authentication.client.KerberosAuthenticator;

/**
 * Reads JSON from the web pages of daemons, which answer soon or count as away. A page that wants Kerberos gets the ticket of
 * this process's user. Thread-safe.
 */
public final class WebPages {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            // A later version may show more than this one knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /**
     * The beans of a daemon whose names match, as the servlet /jmx shows them; none if there is none.
     *
     * @param daemon scheme, host and port
     * @throws IOException one line: the address and what is wrong
     */
    public List<JsonNode> beans(URI daemon, String pattern) throws IOException, InterruptedException {
        return beansOf(json(daemon.resolve("/jmx?qry=" + pattern)));
    }

    /** One attribute of a bean, asked for by its name; a missing node if it has none. */
    public JsonNode attribute(URI daemon, String bean, String attribute) throws IOException, InterruptedException {
        List<JsonNode> beans = beansOf(json(daemon.resolve("/jmx?get=" + bean + "::" + attribute)));
        return beans.isEmpty() ? none() : beans.get(0).path(attribute);
    }

    /**
     * Any page in JSON.
     *
     * @throws IOException one line: the address and what is wrong
     */
    public JsonNode json(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page)
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new IOException(at(page) + ": no answer within " + LIMIT.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new IOException(at(page) + ": nobody listens there", e);
        } catch (IOException e) {
            throw new IOException(at(page) + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
        if (answer.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return withTicket(page);
        }
        return parse(page, answer.statusCode(), answer.body());
    }

    /** The rows of a table, as records. */
    public static <T extends Record> List<T> rows(JsonNode table, Class<T> type) throws IOException {
        List<T> rows = new ArrayList<>(table.size());
        for (JsonNode row : table) {
            rows.add(MAPPER.treeToValue(row, type));
        }
        return rows;
    }

    private static List<JsonNode> beansOf(JsonNode page) {
        List<JsonNode> beans = new ArrayList<>();
        page.path("beans").forEach(beans::add);
        return beans;
    }

    private static JsonNode withTicket(URI page) throws IOException {
        AuthenticatedURL authenticated = new AuthenticatedURL(new KerberosAuthenticator(), connection -> {
            connection.setConnectTimeout((int) LIMIT.toMillis());
            connection.setReadTimeout((int) LIMIT.toMillis());
            connection.setRequestProperty("Accept", "application/json");
            return connection;
        });
        try {
            HttpURLConnection connection = authenticated.openConnection(page.toURL(), new AuthenticatedURL.Token());
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : InputStream.nullInputStream()) {
                return parse(page, status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (AuthenticationException e) {
            throw new IOException(
                    at(page) + ": it wants Kerberos, expected a ticket as kinit gives it: " + firstLine(e), e);
        }
    }

    private static JsonNode parse(URI page, int status, String body) throws IOException {
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException(at(page) + ": HTTP status " + status + ", expected 200"
                    + (status == HttpURLConnection.HTTP_FORBIDDEN ? "; this user may not read it" : ""));
        }
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(at(page) + ": expected JSON, as the web pages of YARN's daemons give", e);
        }
    }

    /** Stands for what is not there. */
    public static JsonNode none() {
        return MAPPER.missingNode();
    }

    private static String at(URI page) {
        return page.getScheme() + "://" + page.getAuthority();
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
