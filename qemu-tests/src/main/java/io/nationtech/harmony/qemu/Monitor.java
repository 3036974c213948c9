package io.nationtech.harmony.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** QEMU's monitor (QMP): one command a connection. */
record Monitor(Path socket) {

    /** Plugs in a device, told as QMP's {@code device_add} wants it. */
    void plug(String device) throws IOException {
        execute("device_add", device);
    }

    /** Pulls out a device. */
    void unplug(String id) throws IOException {
        execute("device_del", "\"id\":\"%s\"".formatted(id));
    }

    private void execute(String command, String arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            BufferedReader answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            answers.readLine(); // its greeting
            ask(channel, answers, "{\"execute\":\"qmp_capabilities\"}");
            ask(channel, answers, "{\"execute\":\"%s\",\"arguments\":{%s}}".formatted(command, arguments));
        }
    }

    /** Events may come before the answer. */
    private static void ask(SocketChannel channel, BufferedReader answers, String command) throws IOException {
        channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
        String answer = answers.readLine();
        while (answer != null && !answer.contains("\"return\"")) {
            if (answer.contains("\"error\"")) {
                throw new IOException("QEMU refuses %s: %s".formatted(command, answer));
            }
            answer = answers.readLine();
        }
    }
}
