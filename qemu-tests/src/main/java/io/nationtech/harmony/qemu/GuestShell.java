package io.nationtech.harmony.qemu;

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
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root shell in the guest, on a virtio port. The image has none: two credentials bring a unit that starts it, for this boot.
 * Not safe for use by several threads.
 */
public final class GuestShell implements AutoCloseable {
    static final String PORT = "harmony.test";
    private static final String GREETING = "harmony-test-shell-is-ready";
    private static final String UNIT = "harmony-test-shell.service";

    private final SocketChannel channel;
    private final Selector selector;
    private boolean greeted;
    private long asked;

    private GuestShell(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** The unit, and what starts it. It ends with the machine and holds nothing up. */
    static List<Credential> credentials() {
        return List.of(
                new Credential("systemd.extra-unit." + UNIT, """
                        [Unit]
                        Description=Shell for the test that runs this machine
                        Requires=dev-virtio\\x2dports-%1$s.device
                        After=dev-virtio\\x2dports-%1$s.device
                        [Service]
                        ExecStart=/bin/bash -c 'exec <>/dev/virtio-ports/%1$s >&0 2>&0; echo %2$s; exec /bin/bash'
                        """.formatted(PORT, GREETING)),
                new Credential("systemd.unit-dropin.multi-user.target", """
                        [Unit]
                        Wants=%s
                        """.formatted(UNIT)));
    }

    /** Connects to the machine's end of the port. Must happen before the guest opens it, as a port without peer reads as ended. */
    static GuestShell connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        return new GuestShell(channel, selector);
    }

    /**
     * Runs a command; waits for the guest to boot, if it still does.
     *
     * @throws MachineException when no answer came in time
     */
    public GuestReply run(String command, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String mark = "answer-" + ++asked;
        try {
            if (!greeted) {
                // What is sent before the guest opens its end is lost.
                receive(Pattern.compile("(?s).*" + GREETING + "\n"), deadline);
                greeted = true;
            }
            send("{ %s\n} </dev/null 2>&1; code=$?; echo; echo '%s' $code\n".formatted(command, mark));
            MatchResult answer = receive(Pattern.compile("(?s)(.*?)\n?" + mark + " (\\d+)\n"), deadline);
            return new GuestReply(
                    Integer.parseInt(answer.group(2)), answer.group(1).stripTrailing());
        } catch (IOException e) {
            throw new MachineException("the guest's shell broke off at `%s`".formatted(command), e);
        } catch (UnansweredException e) {
            throw new MachineException("no answer in %d s from the guest to `%s`, only: %s"
                    .formatted(timeout.toSeconds(), command, e.getMessage()));
        }
    }

    /** What is run from now on waits for the guest to boot: it was told to start over, or starts over by itself. */
    public void awaitBoot() {
        greeted = false;
    }

    private void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private MatchResult receive(Pattern end, long deadline) throws IOException, UnansweredException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (true) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            String text = heard.toString(StandardCharsets.UTF_8);
            if (left <= 0) {
                throw new UnansweredException(text);
            }
            Matcher answer = end.matcher(text);
            if (answer.lookingAt()) {
                return answer.toMatchResult();
            }
            selector.select(left);
            selector.selectedKeys().clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the machine ended");
            }
            heard.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1L;

        UnansweredException(String heard) {
            super(heard);
        }
    }
}
