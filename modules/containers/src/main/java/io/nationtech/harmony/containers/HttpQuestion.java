package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.spi.AnyCertificate;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a container for its probe's page (RFC 9112). Who answers may be broken or hostile: the whole exchange ends within the probe's
 * timeout, however slowly it goes on, and no more is read than the line that tells the status. The JDK's own clients promise neither.
 */
final class HttpQuestion {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
    private static final int LONGEST_LINE = 8192;
    /** Interim answers (RFC 9110 §15.2) before the real one, with their headers. */
    private static final int MOST_LINES = 64;

    private static final int FIRST_FINAL = 200;
    private static final int REDIRECT_AND_BEYOND = 400;

    private final LongSupplier nanoTime;

    HttpQuestion(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Whether the answer is 200 to 399.
     *
     * @param address at which the container publishes its port
     */
    boolean isAnsweredWell(HttpProbe probe, IpAddress address) {
        long end = nanoTime.getAsLong() + probe.timeout().toNanos();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.address(), probe.port().number()), millisUntil(end));
            return switch (probe.scheme()) {
                case HTTP -> isAnsweredWell(probe, address, plain, end);
                case HTTPS -> isAnsweredWellByTls(probe, address, plain, end);
            };
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isAnsweredWell(HttpProbe probe, IpAddress address, Socket socket, long end) throws IOException {
        socket.getOutputStream().write(request(probe, address).getBytes(StandardCharsets.US_ASCII));
        int status = status(new Lines(socket, end));
        return status >= FIRST_FINAL && status < REDIRECT_AND_BEYOND;
    }

    /** Greeting each other takes many reads, of which each would have a timeout of its own: at the end of the whole, the socket is closed. */
    private boolean isAnsweredWellByTls(HttpProbe probe, IpAddress address, Socket plain, long end) throws IOException {
        Thread guard = Thread.ofVirtual().name("probe-deadline").start(() -> closeAt(end, plain));
        try (Socket socket = AnyCertificate.context()
                .getSocketFactory()
                .createSocket(plain, address.toString(), probe.port().number(), true)) {
            return isAnsweredWell(probe, address, socket, end);
        } finally {
            guard.interrupt();
        }
    }

    private void closeAt(long end, Socket socket) {
        try {
            TimeUnit.NANOSECONDS.sleep(end - nanoTime.getAsLong());
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It was closed by the other side.
        }
    }

    private static String request(HttpProbe probe, IpAddress address) {
        String host = address.address() instanceof Inet6Address ? "[" + address + "]" : address.toString();
        return "GET %s HTTP/1.1\r\nHost: %s:%s\r\nUser-Agent: harmony\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .formatted(probe.path(), host, probe.port());
    }

    private static int status(Lines lines) throws IOException {
        int status = 0;
        for (int read = 0; read < MOST_LINES; read++) {
            String line = lines.next();
            Matcher matcher = STATUS.matcher(line);
            if (status == 0 && matcher.matches()) {
                status = Integer.parseInt(matcher.group(1));
                if (status >= FIRST_FINAL) {
                    return status;
                }
            } else if (status == 0) {
                throw new IOException("not HTTP");
            } else if (line.isEmpty()) {
                status = 0;
            }
        }
        throw new IOException("no end of interim answers");
    }

    private int millisUntil(long end) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - nanoTime.getAsLong());
        if (millis < 1) {
            throw new SocketTimeoutException();
        }
        return Math.toIntExact(millis);
    }

    private final class Lines {
        private final Socket socket;
        private final InputStream in;
        private final long end;
        private final byte[] buffer = new byte[1024];
        private int filled;
        private int used;

        Lines(Socket socket, long end) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.end = end;
        }

        /** Without the line's end. */
        String next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int character = read(); character != '\n'; character = read()) {
                line.write(character);
                if (line.size() > LONGEST_LINE) {
                    throw new IOException("a line without end");
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        private byte read() throws IOException {
            if (used == filled) {
                // For what is left of the whole: a timeout for each read would begin anew with each byte.
                socket.setSoTimeout(millisUntil(end));
                filled = in.read(buffer);
                used = 0;
                if (filled < 1) {
                    throw new IOException("it ended too soon");
                }
            }
            return buffer[used++];
        }
    }
}
