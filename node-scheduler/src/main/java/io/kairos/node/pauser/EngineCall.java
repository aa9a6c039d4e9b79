/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * One call to a Docker engine, by a process of its own that outlives this one: {@link FrozenRegister}'s watchdog makes it. It takes
 * the Java of this process and this one class, which stand by no library; so nodes need not have the command {@code docker}, which
 * is tried only where that Java is gone meanwhile.
 */
final class EngineCall {
    /** For each way to the engine; a silent one must not keep what is tried after it waiting. */
    private static final int LIMIT_SECONDS = 5;

    private static final String UNIX = "unix://";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private EngineCall() {}

    /** A shell command that thaws the container, and succeeds if it runs or is gone. */
    static String unpause(String host, String container) {
        return command(host, "/containers/" + container + "/unpause", "", "unpause " + container);
    }

    /** A shell command that limits the container to so many microseconds of each tenth of a second, -1 for no limit. */
    static String limit(String host, String container, long quota) {
        return command(
                host,
                "/containers/" + container + "/update",
                "{\"CpuPeriod\":" + CpuQuota.PERIOD + ",\"CpuQuota\":" + quota + "}",
                "update --cpu-quota " + quota + " " + container);
    }

    private static String command(String host, String path, String body, String words) {
        String limit = "timeout " + LIMIT_SECONDS + " ";
        String docker = limit + "docker -H " + host + " " + words;
        return classes()
                .map(classes -> limit + quoted(JAVA) + " -Xmx16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
                        + quoted(classes) + " " + EngineCall.class.getName() + " "
                        + quoted(host.substring(UNIX.length())) + " " + path + " " + quoted(body) + " || " + docker)
                .orElse(docker);
    }

    /** Why a watchdog could not reach an engine from here, in one line; empty if it can. */
    static Optional<String> trouble() {
        boolean hasJava = classes().isPresent() && Files.isExecutable(Path.of(JAVA));
        if (hasJava || isOnPath("docker")) {
            return Optional.empty();
        }
        return Optional.of("expected " + JAVA + " or the command 'docker', and neither can be run");
    }

    private static boolean isOnPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The jar or folder with this class; empty if it comes from elsewhere. */
    private static Optional<String> classes() {
        CodeSource source = EngineCall.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Makes the call; exit status 1 if the engine refuses, an exception if it cannot be reached.
     *
     * @param arguments the engine's socket, the path that is posted to, the body as JSON or an empty word
     */
    public static void main(String[] arguments) throws IOException {
        String answer = post(Path.of(arguments[0]), arguments[1], arguments[2]);
        if (!isDone(answer)) {
            System.err.println(answer.strip());
            System.exit(1);
        }
    }

    /** As HTTP 1.0, for then the answer is whole when the engine hangs up. */
    private static String post(Path socket, String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
                + content.length + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, head.getBytes(StandardCharsets.UTF_8));
            write(channel, content);
            return read(channel);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Also if there is no such container any more, or it is not paused: an engine has no status of its own for that. */
    static boolean isDone(String answer) {
        return answer.matches("(?s)HTTP/1\\.[01] (2[0-9][0-9]|304|404) .*") || answer.contains("is not paused");
    }
}
