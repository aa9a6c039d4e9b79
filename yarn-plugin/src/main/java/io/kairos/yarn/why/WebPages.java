/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads JSON from the web pages of daemons, which answer soon and in few megabytes or count as away. Thread-safe. */
public final class WebPages {
    /** The longest that one page is waited for. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            // A later version may show more than this one knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient client;
    private final Refused whenRefused;

    private WebPages(HttpClient.Builder builder, Refused whenRefused) {
        this.client = builder.connectTimeout(LIMIT).build();
        this.whenRefused = whenRefused;
    }

    /** What is done about a page that wants to know who asks. */
    @FunctionalInterface
    interface Refused {
        Answer ask(URI page) throws IOException;
    }

    /** A page as it came. */
    record Answer(int status, byte[] body) {}

    /** A page that wants Kerberos gets the ticket of this process's user. */
    public static WebPages withTicket() {
        return new WebPages(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL), TicketedPages::ask);
    }

    /**
     * A page that wants Kerberos is told as such: this process asks for others, and its own ticket may be worth more than theirs. No
     * page sends it anywhere else.
     *
     * @param ssl whom it trusts where pages are https; null for Java's own list
     */
    public static WebPages withoutTicket(@Nullable SSLContext ssl) {
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        if (ssl != null) {
            builder.sslContext(ssl);
        }
        return new WebPages(builder, page -> {
            throw new IOException(
                    at(page) + ": it wants Kerberos, and is asked without a ticket here; kairos why and kairos"
                            + " top ask with yours");
        });
    }

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

    /** Stands for what is not there. */
    public static JsonNode none() {
        return MAPPER.missingNode();
    }

    /**
     * How far the clock by which a bean tells the time is ahead of this machine's, milliseconds; absent if it does not tell.
     *
     * @param askedMs this machine's time when it was asked; the answer counts as given half-way from there to now
     */
    public static @Nullable Long aheadMs(JsonNode bean, long askedMs) {
        long now = System.currentTimeMillis();
        return bean.path("TimeMs").isNumber() ? bean.path("TimeMs").asLong() - (askedMs + (now - askedMs) / 2) : null;
    }

    /**
     * Any page in JSON.
     *
     * @throws IOException one line: the address and what is wrong
     */
    public JsonNode json(URI page) throws IOException, InterruptedException {
        Answer answer = ask(page);
        return parse(page, answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED ? whenRefused.ask(page) : answer);
    }

    private Answer ask(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page)
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        // The request's own limit ends with the first byte of the answer.
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request, information -> new ShortBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> answer = asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.body());
        } catch (TimeoutException e) {
            throw new IOException(late(page), e);
        } catch (ExecutionException e) {
            throw new IOException(reason(page, e.getCause()), e);
        } finally {
            asked.cancel(true);
        }
    }

    private static String reason(URI page, @Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return late(page);
        }
        if (cause instanceof ConnectException) {
            return at(page) + ": nobody listens there";
        }
        return at(page) + ": "
                + (cause == null || cause.getMessage() == null ? String.valueOf(cause) : firstLine(cause));
    }

    private static String late(URI page) {
        return at(page) + ": no answer within " + LIMIT.toSeconds() + " s";
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

    private static JsonNode parse(URI page, Answer answer) throws IOException {
        if (answer.status() != HttpURLConnection.HTTP_OK) {
            throw new IOException(at(page) + ": HTTP status " + answer.status() + ", expected 200"
                    + (answer.status() == HttpURLConnection.HTTP_FORBIDDEN ? "; this user may not read it" : ""));
        }
        try {
            return MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IOException(at(page) + ": expected JSON, as the web pages of YARN's daemons give", e);
        }
    }

    static String at(URI page) {
        return page.getScheme() + "://" + page.getAuthority();
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
