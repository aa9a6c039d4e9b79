/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.awaitility.Awaitility;

/**
 * A Chromium without a window, and one page in it, driven through its DevTools protocol: no driver program is needed for that. A click is
 * one of the mouse, on whatever lies there. For one thread.
 */
public final class Browser implements AutoCloseable {
    static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private String session = "";

    private Browser(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** The program, if there is one on the path. */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser start() throws Exception {
        Path profile = Files.createTempDirectory("kairos-browser");
        Process process = new ProcessBuilder(
                        find().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Browser browser = new Browser(process, profile, awaitAddress(process));
            browser.openPage();
            return browser;
        } catch (Exception e) {
            end(process, profile);
            throw e;
        }
    }

    /** It says where it listens, and much else before and after, which must be read lest it waits for its reader. */
    private static URI awaitAddress(Process process) throws Exception {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher listens = LISTENS.matcher(line);
                    if (listens.find()) {
                        address.complete(URI.create(listens.group(1)));
                    }
                }
                address.completeExceptionally(new IOException("the browser ended"));
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return address.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void openPage() {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    /** Goes to an address. */
    public void open(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
    }

    /** A window of this size, in light or dark colours. */
    public void window(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** What an expression of JavaScript comes to. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** The text of the first element that the selector of CSS finds; empty if there is none, or it is not shown. */
    public String text(String selector) {
        return evaluate("(found => found && found.checkVisibility() ? found.innerText : '')(document.querySelector("
                        + quoted(selector) + "))")
                .asText();
    }

    /** Waits until the element holds the text. */
    public void await(String selector, String text) {
        Awaitility.await("'" + text + "' in " + selector)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> text(selector), shown -> shown.contains(text));
    }

    /** Clicks on the first link in a container that the selector finds, whose text contains this. */
    public void clickLink(String selector, String text) {
        Awaitility.await("a link '" + text + "' in " + selector)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> middleOf(selector, text).isArray());
        JsonNode middle = middleOf(selector, text);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            middle.get(0).asDouble(),
                            "y",
                            middle.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    private JsonNode middleOf(String selector, String text) {
        return evaluate("(() => { const found = [...document.querySelectorAll(" + quoted(selector + " a")
                + ")].find(link => link.checkVisibility() && link.textContent.includes(" + quoted(text) + "));"
                + " if (!found) return null; found.scrollIntoView({block: 'center'});"
                + " const box = found.getBoundingClientRect();"
                + " return [box.x + box.width / 2, box.y + box.height / 2]; })()");
    }

    /** What the page looks like, as PNG. */
    public void screenshot(Path file) throws IOException {
        String picture = call("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    /** What the browser found wrong with the page since it was started: exceptions, and all that its policy forbids. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int number = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", number, "method", method, "params", parameters)
                : Map.of("id", number, "method", method, "params", parameters, "sessionId", session);
        try {
            socket.sendText(MAPPER.writeValueAsString(message), true).join();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        JsonNode told = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (told.has("error")) {
            throw new IllegalStateException(method + ": " + told.path("error"));
        }
        return told.path("result");
    }

    private void hear(JsonNode message) {
        CompletableFuture<JsonNode> asked = answers.remove(message.path("id").asInt(-1));
        if (asked != null) {
            asked.complete(message);
        } else if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
            complaints.add(message.path("params").toString());
        } else if (message.path("method").asText().equals("Log.entryAdded")
                && message.path("params").path("entry").path("level").asText().equals("error")
                // That a server does not answer is the network's, and is what a test may want.
                && !message.path("params").path("entry").path("source").asText().equals("network")) {
            complaints.add(message.path("params").toString());
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    hear(MAPPER.readTree(whole));
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        end(process, profile);
    }

    private static void end(Process process, Path profile) throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each ->
                each.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());
        FileUtil.fullyDelete(profile.toFile());
    }
}
