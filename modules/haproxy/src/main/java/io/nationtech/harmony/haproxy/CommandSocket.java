package io.nationtech.harmony.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks haproxy by one of its sockets: a command, and its answer up to the end. */
record CommandSocket(Path path) {
    private static final int MOST_ANSWER = 4 << 20;

    /** The answer; empty when nobody answers in whole within that time. */
    Optional<String> ask(String command, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            // Else it waits for more commands, and gives no end of its answer.
            channel.shutdownOutput();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return answer(channel, selector, end);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> answer(SocketChannel channel, Selector selector, long end) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            selector.select(Math.max(1, left / 1_000_000));
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            int count = channel.read(buffer.clear());
            if (count < 0) {
                return Optional.of(answer.toString(StandardCharsets.UTF_8));
            }
            answer.write(buffer.array(), 0, count);
            if (answer.size() > MOST_ANSWER) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
