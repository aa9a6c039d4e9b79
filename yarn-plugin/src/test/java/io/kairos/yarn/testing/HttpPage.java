/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.WebServerOf;

/**
 * A page of a daemon as it was answered.
 *
 * @param location where it sends whoever asks; empty if it does not
 */
public record HttpPage(int status, String type, String policy, String location, String body) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public static HttpPage get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                CLIENT.send(HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofString());
        return new HttpPage(
                answer.statusCode(),
                header(answer, "Content-Type"),
                header(answer, "Content-Security-Policy"),
                header(answer, "Location"),
                answer.body());
    }

    /** Where the web pages of a ResourceManager in this process are. */
    public static URI web(ResourceManager manager) {
        InetSocketAddress address = WebServerOf.of(manager).orElseThrow().getConnectorAddress(0);
        return URI.create("http://localhost:" + address.getPort());
    }

    private static String header(HttpResponse<?> answer, String name) {
        Optional<String> value = answer.headers().firstValue(name);
        return value.orElse("");
    }
}
