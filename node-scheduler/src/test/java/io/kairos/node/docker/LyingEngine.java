/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket behind which there is no engine: it answers what it is told to, or nothing. */
public final class LyingEngine implements AutoCloseable {
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final Queue<String> answers = new ArrayDeque<>();
    private final ServerSocketChannel server;
    private final Path socket;

    public LyingEngine(Path folder) throws IOException {
        socket = folder.resolve("d.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "lying-engine");
        thread.setDaemon(true);
        thread.start();
    }

    public String host() {
        return "unix://" + socket;
    }

    /** What it answers from now on, one to each connection; the last again and again. An empty text is silence. */
    public synchronized void answer(String... texts) {
        answers.clear();
        answers.addAll(List.of(texts));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }

    private synchronized String next() {
        String next = answers.peek();
        if (answers.size() > 1) {
            answers.remove();
        }
        return next == null ? "" : next;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                String reply = next();
                if (!reply.isEmpty()) {
                    connection.read(ByteBuffer.allocate(65_536));
                    connection.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.ISO_8859_1)));
                    if (reply.contains("half") || reply.contains("Connection: close")) {
                        connection.close();
                    }
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
